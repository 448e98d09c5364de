"""What is refused about polls and webhooks, as two clients read it."""

import asyncio
from typing import Any

import pytest

from tests.sandbox.peers import Refused
from tests.sandbox.row import Row, Scene, check, rows

PUBLIC = "https://93.184.216.34"
NEARBY = "http://127.0.0.1:1/hook"
CERTIFICATE_BYTES = 3 * 2**20


def setting(url: str = PUBLIC, **parameters: Any) -> Any:
    async def act(scene: Scene) -> None:
        await scene.peer.call("set_webhook", url=url, **parameters)

    return act


def certified(content: bytes) -> Any:
    async def act(scene: Scene) -> None:
        await scene.peer.call("set_webhook", url=PUBLIC, certificate=scene.peer.file(content, "cert.pem"))

    return act


async def ask_while_posted_to(scene: Scene) -> None:
    await scene.hand.result("setWebhook", url=NEARBY)
    await scene.peer.call("get_updates")


async def poll_until_a_webhook(scene: Scene) -> None:
    async def set_webhook() -> None:
        await scene.hand.sim("bots", timeout=30)
        await scene.hand.result("setWebhook", url=NEARBY)

    async with asyncio.TaskGroup() as group:
        poll = group.create_task(refusal(scene))
        await set_webhook()
    raise poll.result()


async def poll_until_another_does(scene: Scene) -> None:
    async def poll_as_well() -> None:
        await scene.hand.sim("bots", timeout=30)
        await scene.hand.updates(offset=2**30)

    async with asyncio.TaskGroup() as group:
        poll = group.create_task(refusal(scene))
        await poll_as_well()
    raise poll.result()


async def refusal(scene: Scene) -> Refused:
    with pytest.raises(Refused) as caught:
        await scene.peer.call("get_updates", offset=2**30, timeout=30)
    return caught.value


SECURE = "bad webhook: An HTTPS URL must be provided for webhook"
PORTS = "bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443"
UNREADABLE = "bad webhook: Failed to set custom certificate file"
INVALID = "invalid webhook URL specified"
UNKNOWN = "bad webhook: Failed to resolve host: Name or service not known"
SECOND = "terminated by other getUpdates request; make sure that only one bot instance is running"
ACTIVE = "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"

ROWS = (
    Row(400, SECURE, setting("http://93.184.216.34/hook"), "plain and far away"),
    Row(400, SECURE, setting("http://clinic.invalid", ip_address="93.184.216.34"), "plain at a fixed address"),
    Row(400, PORTS, setting(f"{PUBLIC}:8081/hook"), "a port of one's own"),
    Row(400, INVALID, setting("ftp://clinic.it/hook"), "another protocol"),
    Row(400, INVALID, setting("https:///hook"), "no host"),
    Row(400, INVALID, setting("https://clinic.it:99999/hook"), "no such port"),
    Row(400, UNKNOWN, setting(f"https://{'x' * 64}.it/hook"), "no such name"),
    Row(400, "bad webhook: Invalid IP address specified", setting(ip_address="1.2.3")),
    Row(400, "secret token is too long", setting(secret_token="x" * 257)),
    Row(400, "secret token contains unallowed characters", setting(secret_token="né")),
    Row(400, UNREADABLE, certified(b"no certificate")),
    Row(400, UNREADABLE, certified(b"x" * CERTIFICATE_BYTES), "a certificate of just three megabytes"),
    Row(400, f"certificate size is too big ({CERTIFICATE_BYTES + 1} bytes)", certified(b"x" * (CERTIFICATE_BYTES + 1))),
    Row(409, ACTIVE, ask_while_posted_to, "asking while posted to"),
    Row(409, "terminated by setWebhook request", poll_until_a_webhook),
    Row(409, SECOND, poll_until_another_does),
)


@rows(*ROWS)
async def test_row(scene: Scene, row: Row) -> None:
    await check(row, scene)


@pytest.mark.parametrize("port", ["", ":443", ":80", ":88", ":8443"])
async def test_the_ports_that_telegram_allows(scene: Scene, port: str) -> None:
    url = f"{PUBLIC}{port}/hook"
    assert await scene.peer.call("set_webhook", url=url, secret_token="x" * 256, drop_pending_updates=True) is True
    assert (await scene.peer.call("get_webhook_info")).url == url
