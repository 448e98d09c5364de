"""Handing a letter over: what each answer, each silence and each broken line means for it."""

import asyncio
import socket
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Final

import pytest
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session
from structlog.testing import capture_logs

from jobs.courier import Delivery
from jobs.mail.account import read_smtp_url
from jobs.mail.post_box import Patience, PostBox
from tests.jobs.mail.rude import HANG_UP, SILENCE, serve_rudely
from tests.peers.certificate import self_signed

MARIA: Final = "maria@example.com"
LETTER: Final = b"Subject: Hello\r\n\r\n.hidden\r\n..\r\nGood morning\r\n"
SHORT: Final = Patience(opening=0.2, answer=0.2)
LONG: Final = Patience()
SECRET: Final = "hunter2"


async def post(url: str, patience: Patience = LONG) -> Delivery:
    return (await PostBox(read_smtp_url(url), patience).post(MARIA, LETTER)).delivery


async def test_a_letter_arrives_as_it_was_written() -> None:
    async with serve_rudely() as server:
        assert await post(server.url) is Delivery.SENT
    assert server.letters == [LETTER.replace(b"\r\n.", b"\r\n..")]
    assert server.said == [
        "EHLO diamed.example",
        "MAIL FROM:<no-reply@diamed.example>",
        f"RCPT TO:<{MARIA}>",
        "DATA",
        "QUIT",
    ]


@pytest.mark.parametrize(
    ("step", "answer", "delivery"),
    [
        ("greeting", "421 Too busy", Delivery.NOT_YET),
        ("greeting", "554 No service for you", Delivery.NOT_YET),
        ("MAIL", "451 4.3.0 Later", Delivery.NOT_YET),
        ("MAIL", "550 5.7.1 Sender not allowed", Delivery.NOT_YET),
        ("RCPT", "421 4.3.2 Shutting down", Delivery.NOT_YET),
        ("RCPT", "451 4.7.1 Greylisted", Delivery.NOT_YET),
        ("RCPT", "452 4.2.2 Mailbox full", Delivery.NOT_YET),
        ("RCPT", "550 5.1.1 User unknown", Delivery.REFUSED),
        ("RCPT", "550 No such user", Delivery.REFUSED),
        ("RCPT", "554 5.7.1 Relay access denied", Delivery.NOT_YET),
        ("RCPT", "530 5.7.0 Authentication required", Delivery.NOT_YET),
        ("RCPT", "503 Bad sequence", Delivery.NOT_YET),
        ("DATA", "451 4.3.0 Later", Delivery.NOT_YET),
        ("DATA", "554 5.5.1 No valid recipients", Delivery.REFUSED),
        ("letter", "451 4.3.0 Later", Delivery.NOT_YET),
        ("letter", "421 4.3.2 Shutting down", Delivery.NOT_YET),
        ("letter", "552 5.3.4 Too big", Delivery.REFUSED),
        ("letter", "554 5.7.1 Looks like spam", Delivery.REFUSED),
        ("letter", "250", Delivery.SENT),
        ("letter", "Well, perhaps", Delivery.MAYBE),
        ("QUIT", "500 What?", Delivery.SENT),
    ],
)
async def test_an_answer_means_what_its_step_makes_of_it(step: str, answer: str, delivery: Delivery) -> None:
    async with serve_rudely(**{step: answer}) as server:
        assert await post(server.url) is delivery


@pytest.mark.parametrize("rudeness", [HANG_UP, SILENCE])
@pytest.mark.parametrize(
    ("step", "delivery"),
    [
        ("greeting", Delivery.NOT_YET),
        ("EHLO", Delivery.NOT_YET),
        ("MAIL", Delivery.NOT_YET),
        ("RCPT", Delivery.NOT_YET),
        ("DATA", Delivery.NOT_YET),
        ("letter", Delivery.MAYBE),
    ],
)
async def test_only_after_the_whole_letter_an_end_without_an_answer_is_in_doubt(
    step: str, rudeness: str, delivery: Delivery
) -> None:
    async with serve_rudely(**{step: rudeness}) as server:
        assert await post(server.url, SHORT) is delivery
    assert len(server.letters) == (1 if delivery is Delivery.MAYBE else 0)


@pytest.mark.parametrize("rudeness", [HANG_UP, SILENCE])
async def test_what_happens_after_the_answer_changes_nothing(rudeness: str) -> None:
    async with serve_rudely(QUIT=rudeness) as server:
        assert await post(server.url) is Delivery.SENT


async def test_where_nobody_listens_the_letter_is_still_owed() -> None:
    with socket.create_server(("127.0.0.1", 0)) as closing:
        port = closing.getsockname()[1]
    assert await post(f"smtp://127.0.0.1:{port}") is Delivery.NOT_YET


async def test_a_name_that_leads_nowhere_is_trouble_on_the_line() -> None:
    assert await post("smtp://localhost:1") is Delivery.NOT_YET


async def test_each_letter_has_a_connection_of_its_own() -> None:
    async with serve_rudely(RCPT="550 5.1.1 User unknown") as server:
        box = PostBox(read_smtp_url(server.url), LONG)
        await asyncio.gather(*(box.post(MARIA, LETTER) for _ in range(8)))
    assert server.connections == 8


@pytest.mark.parametrize(
    "answers",
    [
        {"RCPT": f"550 5.1.1 <{MARIA}>: User unknown"},
        {"letter": f"451 4.3.0 <{MARIA}> not now"},
        {"letter": HANG_UP},
        {"DATA": f"what about {MARIA}"},
    ],
)
async def test_the_log_tells_the_step_and_names_nobody(answers: dict[str, str]) -> None:
    with capture_logs() as log:
        async with serve_rudely(**answers) as server:
            await post(server.url)
    [line] = log
    assert line["event"] == "mail.trouble"
    assert line["step"]
    assert "maria" not in str(log)
    assert "diamed" not in str(log)


class Taker:
    """Takes letters from whoever has logged in."""

    def __init__(self) -> None:
        self.letters: list[bytes] = []

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        if not session.authenticated:
            return "530 5.7.0 Authentication required"
        self.letters.append(envelope.original_content or b"")
        return "250 Ok"

    def authenticate(self, server: SMTP, session: Session, envelope: Envelope, how: str, given: object) -> AuthResult:
        good = isinstance(given, LoginPassword) and given == LoginPassword(b"desk", SECRET.encode())
        return AuthResult(success=good, handled=False)


@pytest.fixture
def trusted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ssl.SSLContext:
    """A server's context whose certificate this process trusts."""
    return guarded(tmp_path, trust=monkeypatch)


def guarded(folder: Path, trust: pytest.MonkeyPatch | None = None) -> ssl.SSLContext:
    key, certificate = self_signed()
    pem = folder / "server.pem"
    pem.write_text(key + certificate)
    if trust is not None:
        trust.setenv("SSL_CERT_FILE", str(pem))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem)
    return context


@asynccontextmanager
async def serve_guarded(context: ssl.SSLContext, taker: Taker, *, from_the_start: bool) -> AsyncIterator[int]:
    """The port of a server that lets nobody send without TLS and a log-in."""
    loop, lines = asyncio.get_running_loop(), list[SMTP]()

    def line() -> SMTP:
        lines.append(made())
        return lines[-1]

    def made() -> SMTP:
        return SMTP(
            taker,
            hostname="mail.example",
            loop=loop,
            tls_context=None if from_the_start else context,
            require_starttls=not from_the_start,
            auth_require_tls=not from_the_start,
            authenticator=taker.authenticate,
        )

    server = await loop.create_server(line, "127.0.0.1", 0, ssl=context if from_the_start else None)
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        server.close()
        for opened in lines:
            if isinstance(opened.transport, asyncio.WriteTransport):
                opened.transport.abort()
        await server.wait_closed()


@pytest.mark.parametrize(("scheme", "from_the_start"), [("smtp", False), ("smtps", True)])
async def test_a_guarded_line_and_a_log_in(trusted: ssl.SSLContext, scheme: str, from_the_start: bool) -> None:
    taker = Taker()
    async with serve_guarded(trusted, taker, from_the_start=from_the_start) as port:
        tls = "" if from_the_start else "?tls=starttls"
        assert await post(f"{scheme}://desk:{SECRET}@127.0.0.1:{port}{tls}") is Delivery.SENT
    assert taker.letters == [LETTER]


async def test_a_wrong_password_is_ours_to_mend_and_the_letter_stays_owed(trusted: ssl.SSLContext) -> None:
    taker = Taker()
    async with serve_guarded(trusted, taker, from_the_start=True) as port:
        with capture_logs() as log:
            assert await post(f"smtps://desk:{SECRET}wrong@127.0.0.1:{port}") is Delivery.NOT_YET
    assert (log[0]["step"], log[0]["code"]) == ("opening", 535)
    assert SECRET not in str(log)
    assert taker.letters == []


@pytest.mark.parametrize(("scheme", "from_the_start"), [("smtp", False), ("smtps", True)])
async def test_a_server_that_nobody_vouches_for_hears_no_password(
    tmp_path: Path, scheme: str, from_the_start: bool
) -> None:
    taker = Taker()
    async with serve_guarded(guarded(tmp_path), taker, from_the_start=from_the_start) as port:
        tls = "" if from_the_start else "?tls=starttls"
        assert await post(f"{scheme}://desk:{SECRET}@127.0.0.1:{port}{tls}") is Delivery.NOT_YET
    assert taker.letters == []


async def test_without_the_tls_that_was_asked_for_nothing_is_said() -> None:
    async with serve_rudely() as server:
        assert await post(f"{server.url}&tls=starttls") is Delivery.NOT_YET
    assert not any(said.startswith(("MAIL", "AUTH")) for said in server.said)
