"""The webhook, as Telegram calls it, and as others do."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from bot.intake.webhook import MOST_BYTES, webhook_routes
from bot.intake.webhook_address import UnusableWebhook, Webhook
from bot.pulse import Pulse
from bot.web import open_web
from tests.bot.intake.caller import BODY, KNOWN, SECRET, UPDATE, WEBHOOK, Inbox, asks, head, post
from tests.stage.stage import TOKEN

NAME = b"X-Telegram-Bot-Api-Secret-Token: "
TOO_MUCH = b"[" + b" " * MOST_BYTES
STRANGERS = {
    "no secret": [b"X-Other: 1"],
    "an empty one": [NAME],
    "a wrong one": [NAME + b"another"],
    "its beginning": [KNOWN[:-1]],
    "more than it": [KNOWN + b"-"],
    "in capitals": [NAME + SECRET.upper().encode()],
    "twice": [KNOWN, KNOWN],
    "the right one and a wrong one": [KNOWN, NAME + b"another"],
    "no ASCII": [NAME + "zażółć".encode()],
    "no text at all": [NAME + b"\xff\xfe\x80"],
    "under another name": [b"X-Telegram-Bot-Api-Secret: " + SECRET.encode()],
}


@pytest.fixture
def inbox() -> Inbox:
    return Inbox()


@pytest.fixture
async def address(inbox: Inbox) -> AsyncIterator[str]:
    async with open_web("127.0.0.1:0", webhook_routes(WEBHOOK, inbox.let_in, Pulse(polls=False))) as opened:
        yield opened


async def test_what_telegram_posts_is_let_in(address: str, inbox: Inbox) -> None:
    assert await asks(address, post()) == (200, b"")
    assert inbox.kept == [UPDATE]


async def test_the_answer_waits_until_the_update_is_stored(address: str, inbox: Inbox) -> None:
    with inbox.held():
        answer = asyncio.ensure_future(asks(address, post()))  # noqa: TID251 - awaited below
        await inbox.asked.wait()
        assert (inbox.kept, answer.done()) == ([], False)
    assert await answer == (200, b"")
    assert inbox.kept == [UPDATE]


@pytest.mark.parametrize("fields", STRANGERS.values(), ids=STRANGERS)
async def test_a_stranger_hears_nothing(
    address: str, inbox: Inbox, fields: list[bytes], caplog: pytest.LogCaptureFixture
) -> None:
    assert await asks(address, post(BODY, *fields)) == (403, b"")
    assert await asks(address, post(b"no update", *fields)) == (403, b"")
    assert (inbox.kept, caplog.records) == ([], [])


@pytest.mark.parametrize("method", [b"GET", b"PUT", b"DELETE", b"PATCH", b"OPTIONS"])
async def test_there_is_nothing_but_posting(address: str, inbox: Inbox, method: bytes) -> None:
    assert (await asks(address, head(KNOWN, method=method)))[0] == 405
    assert inbox.kept == []


@pytest.mark.parametrize("path", ["/", "/telegram/", "/telegram/7", "/Telegram", "/telegra", "//telegram", "/metrics"])
async def test_anything_else_is_not_there(address: str, inbox: Inbox, path: str) -> None:
    assert (await asks(address, post(path=path)))[0] == 404
    assert inbox.kept == []


@pytest.mark.parametrize("body", [b"", b"hello", b"[]", b'{"update_id": true}', b'{"update_id": 1, "a": ' + b"[" * 999])
async def test_what_is_no_update_is_refused_and_leaves_no_trace(
    address: str, inbox: Inbox, body: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    assert await asks(address, post(body)) == (400, b"")
    assert (inbox.kept, caplog.records) == ([], [])


async def test_without_a_database_telegram_is_asked_to_come_again(address: str, inbox: Inbox) -> None:
    inbox.lost = True
    assert await asks(address, post()) == (503, b"")
    inbox.lost = False
    assert await asks(address, post()) == (200, b"")
    assert inbox.kept == [UPDATE]


async def test_a_body_that_is_too_long_is_not_read(address: str, inbox: Inbox) -> None:
    assert await asks(address, post(TOO_MUCH)) == (413, b"")
    assert inbox.kept == []


async def test_a_body_of_exactly_the_most_is_read(address: str, inbox: Inbox) -> None:
    assert await asks(address, post(BODY + b" " * (MOST_BYTES - len(BODY)))) == (200, b"")
    assert inbox.kept == [UPDATE]


@pytest.mark.parametrize(
    ("url", "secret", "words"),
    [
        ("https://clinic.example/telegram", None, "WEBHOOK_SECRET"),
        ("https://clinic.example/telegram", "", "WEBHOOK_SECRET"),
        ("https://clinic.example/telegram", "zażółć", "1 to 256"),
        ("https://clinic.example/telegram", "two words", "1 to 256"),
        ("https://clinic.example/telegram", "a" * 257, "1 to 256"),
        (f"https://clinic.example/{TOKEN}", SECRET, "token"),
        (f"https://clinic.example/telegram?bot={TOKEN.partition(':')[2]}", SECRET, "token"),
        ("https://clinic.example/", SECRET, "a path"),
        ("https://clinic.example/{any}", SECRET, "a path"),
        ("https://clinic.example/żółw", SECRET, "a path"),
        ("https://clinic.example//telegram", SECRET, "a path"),
    ],
)
def test_settings_that_would_not_do_are_refused_in_a_sentence(url: str, secret: str | None, words: str) -> None:
    with pytest.raises(UnusableWebhook, match=words) as refused:
        Webhook.at(url, secret, TOKEN)
    assert str(refused.value).startswith("WEBHOOK_")
    for value in (url.partition("example")[2], secret, TOKEN):
        assert not value or value == "/" or value not in str(refused.value).replace("such as /telegram", "")


@pytest.mark.parametrize(
    ("url", "path"),
    [
        ("https://clinic.example/telegram", "/telegram"),
        ("http://127.0.0.1:8080/a/b_c-D.7~/", "/a/b_c-D.7~/"),
        ("https://clinic.example:8443/telegram?clinic=1", "/telegram"),
    ],
)
def test_the_path_is_where_telegram_will_knock(url: str, path: str) -> None:
    assert Webhook.at(url, "a" * 256, TOKEN).path == path
