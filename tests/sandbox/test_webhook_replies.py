"""Calls that a bot makes in its answer to an update, and aiogram's own way of doing so."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from ssl import PROTOCOL_TLS_SERVER, SSLContext
from typing import Any

import aiogram
import pytest
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.methods import SendDocument, SendMessage
from aiogram.types import BufferedInputFile, Message
from aiogram.webhook.aiohttp_server import SimpleRequestHandler
from aiohttp import web
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from tests.sandbox.hand import ANNA, Hand
from tests.sandbox.listener import HOST, Listener, listening
from tests.sandbox.peers import Peer

LONG = 30
SECRET = "open-sesame"


async def echo(message: Message) -> SendMessage | SendDocument:
    if message.text == "file":
        return message.answer_document(BufferedInputFile(b"%PDF", "bill.pdf"), caption="Yours")
    return message.answer(f"<b>{message.text}</b>", parse_mode="HTML")


@asynccontextmanager
async def aiogram_bot(hand: Hand, *, in_background: bool) -> AsyncIterator[str]:
    """The address of a bot that echoes, served by aiogram's own handler."""
    server = TelegramAPIServer.from_base(hand.url)
    bot = aiogram.Bot(hand.token, session=AiohttpSession(api=server))
    dispatcher = aiogram.Dispatcher()
    dispatcher.message.register(echo)
    app = web.Application()
    handler = SimpleRequestHandler(dispatcher, bot, handle_in_background=in_background, secret_token=SECRET)
    handler.register(app, path="/hook")
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, HOST, 0).start()
    try:
        yield f"http://{HOST}:{runner.addresses[0][1]}/hook"
    finally:
        await runner.cleanup()


async def told_after(bot: Hand, said: Any) -> Any:
    """The next message that the bot says."""
    chat = await bot.sim("chat", person=ANNA, after=said["revision"], timeout=LONG)
    return chat["messages"][-1]


def replying(**response: Any) -> Callable[[], web.Response]:
    return lambda: web.Response(**response)


@pytest.fixture
async def hooked(bot: Hand, listener: Listener) -> Hand:
    await bot.result("setWebhook", url=listener.url, drop_pending_updates=True)
    return bot


@pytest.mark.parametrize("in_background", [False, True])
async def test_a_bot_of_aiogram_is_heard_behind_its_webhook(bot: Hand, in_background: bool) -> None:
    async with aiogram_bot(bot, in_background=in_background) as url:
        await bot.result("setWebhook", url=url, secret_token=SECRET, drop_pending_updates=True)
        said = await bot.say("Good morning")
        told = await told_after(bot, said)
        assert (told["from"], told["text"]) == ("bot", "Good morning")
        assert told["entities"] == [{"offset": 0, "length": 12, "type": "bold"}]
        said = await bot.say("file")
        told = await told_after(bot, said)
        assert (told["kind"], told["text"]) == ("document", "Yours")
        await bot.result("deleteWebhook")
    calls = (await bot.sim("log", method="sendMessage"))["calls"]
    assert [(call["status"], call["params"]["chat_id"]) for call in calls] == [(200, ANNA)]


async def test_a_wrong_secret_is_told_in_the_info(bot: Hand) -> None:
    async with aiogram_bot(bot, in_background=True) as url:
        await bot.result("setWebhook", url=url, secret_token="wrong")
        while "last_error_message" not in (info := await bot.result("getWebhookInfo")):
            """Until the sandbox has noticed."""
        await bot.result("deleteWebhook")
    assert info["last_error_message"] == "Wrong response from the webhook: 401 Unauthorized"


@pytest.mark.parametrize(
    "response",
    [
        {"body": b'{"method": "sendMessage", "chat_id": 1001, "text": "Noted"}', "content_type": "application/json"},
        {"body": b"method=SENDMESSAGE&chat_id=1001&text=Noted", "content_type": "application/x-www-form-urlencoded"},
        {
            "body": b'--x\r\nContent-Disposition: form-data; name="method"\r\n\r\nsendMessage\r\n--x\r\n'
            b'Content-Disposition: form-data; name="chat_id"\r\n\r\n1001\r\n--x\r\n'
            b'Content-Disposition: form-data; name="text"\r\n\r\nNoted\r\n--x--\r\n',
            "headers": {"Content-Type": "multipart/form-data; boundary=x"},
        },
    ],
    ids=["json", "form", "multipart"],
)
async def test_an_answer_may_hold_a_call_in_every_kind_of_body(
    hooked: Hand, listener: Listener, response: dict[str, Any]
) -> None:
    listener.answers.append(replying(**response))
    assert (await told_after(hooked, await hooked.say("x")))["text"] == "Noted"


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"{", "application/json"),
        (b"[1]", "application/json"),
        (b'{"method": 5}', "application/json"),
        (b'{"method": "sendNothing"}', "application/json"),
        (b'{"method": "getMe"}', "application/json"),
        (b'{"method": "deleteWebhook"}', "application/json"),
        (b"\xff\xfe", "application/json"),
        (b"method=%ff", "application/x-www-form-urlencoded"),
        (b"nonsense", "multipart/form-data"),
        (b"OK", "text/plain"),
    ],
)
async def test_an_answer_without_a_good_call_is_only_an_answer(
    hooked: Hand, listener: Listener, body: bytes, kind: str
) -> None:
    before = len((await hooked.sim("log"))["calls"])
    listener.answers.append(replying(body=body, content_type=kind))
    await hooked.say("first")
    await hooked.say("second")
    await listener.until_heard("second")
    assert listener.texts == ["first", "second"]
    assert len((await hooked.sim("log"))["calls"]) == before
    assert (await hooked.result("getWebhookInfo"))["url"] == listener.url


async def test_a_refused_call_is_in_the_log(hooked: Hand, listener: Listener) -> None:
    call = b'{"method": "sendMessage", "chat_id": 5, "text": "x"}'
    listener.answers.append(replying(body=call, content_type="application/json"))
    await hooked.say("first")
    await hooked.say("second")
    await listener.until_heard("second")
    logged = (await hooked.sim("log", method="sendMessage"))["calls"]
    assert [(call["status"], call["response"]["description"]) for call in logged] == [
        (400, "Bad Request: chat not found")
    ]


async def test_a_certificate_of_ones_own_is_trusted_once_it_is_sent(hand: Hand, peer: Peer, tmp_path: Path) -> None:
    pem, key = own_certificate()
    (tmp_path / "both.pem").write_bytes(key + pem)
    trust = SSLContext(PROTOCOL_TLS_SERVER)
    trust.load_cert_chain(tmp_path / "both.pem")
    async with listening(trust) as listener:
        await hand.start()
        await peer.call("set_webhook", url=listener.url)
        while not (said := (await peer.call("get_webhook_info")).last_error_message):
            """Until the sandbox has noticed."""
        assert said == "SSL error {error:0A000086:SSL routines::certificate verify failed}"
        await peer.call("set_webhook", url=listener.url, certificate=peer.file(pem, "clinic.pem"))
        await listener.until_heard("/start")
        assert (await peer.call("get_webhook_info")).has_custom_certificate is True
        await peer.call("delete_webhook")


def own_certificate() -> tuple[bytes, bytes]:
    """Signed by itself, for this machine."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "clinic")])
    begin = datetime(2020, 1, 1, tzinfo=UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(begin)
        .not_valid_after(begin + timedelta(days=36500))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address(HOST))]), critical=False)
        .sign(key, hashes.SHA256())
    )
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return certificate.public_bytes(serialization.Encoding.PEM), private
