"""What is said of a webhook that fails, and how long its updates are kept for it."""

import asyncio
import socket
from ipaddress import ip_address

import pytest
from yarl import URL

from sandbox.app import Sandbox
from sandbox.hearing.webhook import Wanted, Webhook
from sandbox.hearing.webhook_address import Endpoint
from sandbox.hearing.webhook_post import Postman
from tests.sandbox.hand import ANNA, BORIS, Hand
from tests.sandbox.listener import HOST, Listener, Watched, failed_info

LONG = 30
DAY_SECONDS = 24 * 3600
NEVER_SECONDS = 1e6


@pytest.fixture
def patience() -> Watched:
    return Watched()


def closed_port() -> int:
    with socket.create_server((HOST, 0)) as server:
        return int(server.getsockname()[1])


@pytest.mark.parametrize(
    ("status", "wording"),
    [
        (500, "Wrong response from the webhook: 500 Internal Server Error"),
        (404, "Wrong response from the webhook: 404 Not Found"),
        (302, "Wrong response from the webhook: 302 Found"),
    ],
)
async def test_a_wrong_status_is_told_in_telegrams_words(
    hooked: Hand, sandbox: Sandbox, listener: Listener, status: int, wording: str
) -> None:
    listener.answer(status, Location=f"{listener.url}/elsewhere")
    await hooked.sim("clock", {"advance": DAY_SECONDS / 2})
    await hooked.say("x")
    await listener.until(lambda: len(listener.received) == 2)
    info = await failed_info(hooked)
    assert info["last_error_message"] == wording
    assert abs(info["last_error_date"] - sandbox.world.clock.now()) < LONG
    assert {received.path for received in listener.received} == {"/hook"}


@pytest.mark.parametrize(("said", "asked"), [("3600", []), ("soon", [1]), ("-5", [1])])
async def test_the_endpoint_may_say_when_to_come_again(
    hooked: Hand, listener: Listener, patience: Watched, said: str, asked: list[int]
) -> None:
    listener.answer(503, Retry_After=said)
    await hooked.say("x")
    await failed_info(hooked)
    assert patience.asked == asked


async def test_until_then_the_endpoint_is_left_alone(hooked: Hand, listener: Listener) -> None:
    listener.answer(503, Retry_After="3600")
    await hooked.say("x")
    await failed_info(hooked)
    for text in ("one", "two", "three"):
        await hooked.say(text, BORIS)
        await listener.until_heard(text)
    assert listener.texts == ["x", "one", "two", "three"]


@pytest.mark.parametrize(("said", "waited"), [("3600", 3600), ("3601", 3600), ("7", 7)])
async def test_nobody_is_left_alone_for_more_than_an_hour(listener: Listener, said: str, waited: int) -> None:
    endpoint = Endpoint(URL(listener.url), ip_address(HOST))
    postman = Postman(Webhook(Wanted(listener.url, "", 1, ""), endpoint, None), LONG)
    listener.answer(503, Retry_After=said)
    assert (await postman.post(b"{}")).retry_after == waited
    await postman.close()


async def test_a_closed_port_is_told(bot: Hand) -> None:
    await bot.result("setWebhook", url=f"http://{HOST}:{closed_port()}/")
    info = await failed_info(bot)
    assert info["last_error_message"] == "Connection refused"
    assert info["pending_update_count"] == 2


async def test_a_plain_server_behind_a_secure_address_is_told(bot: Hand, listener: Listener) -> None:
    await bot.result("setWebhook", url=listener.url.replace("http:", "https:"))
    info = await failed_info(bot)
    assert info["last_error_message"].startswith("SSL error {error:")


class TestHangingEndpoint:
    @pytest.fixture
    def patience(self) -> Watched:
        return Watched(seconds=0.05)

    async def test_is_told_and_tried_again(self, bot: Hand, listener: Listener) -> None:
        listener.gates[ANNA] = asyncio.Event()
        await bot.result("setWebhook", url=listener.url)
        await listener.until(lambda: listener.texts[:2] == ["/start", "/start"])
        assert (await failed_info(bot))["last_error_message"] == "Read timeout expired"


class TestSleepingLane:
    @pytest.fixture
    def patience(self) -> Watched:
        return Watched(delays=(NEVER_SECONDS,))

    async def test_does_not_hold_up_what_comes_after_a_reset(self, hooked: Hand, listener: Listener) -> None:
        listener.answer(500)
        await hooked.say("lost")
        await failed_info(hooked)
        await hooked.sim("reset", {})
        assert "last_error_message" not in await hooked.result("getWebhookInfo")
        await hooked.say("found")
        await listener.until_heard("found")
        assert listener.texts == ["lost", "found"]

    async def test_lets_other_chats_go_on(self, hooked: Hand, listener: Listener) -> None:
        listener.answer(500)
        await hooked.say("held up")
        await failed_info(hooked)
        await hooked.say("other", BORIS)
        await listener.until_heard("other")
        assert (await hooked.result("getWebhookInfo"))["pending_update_count"] == 1

    async def test_begins_anew_when_the_webhook_is_set_again(self, hooked: Hand, listener: Listener) -> None:
        listener.answer(500)
        await hooked.say("held up")
        await failed_info(hooked)
        await hooked.result("setWebhook", url=listener.url, max_connections=1)
        await listener.until(lambda: listener.texts == ["held up", "held up"])
        assert "last_error_message" not in await hooked.result("getWebhookInfo")

    async def test_is_forgotten_with_what_is_dropped(self, hooked: Hand, listener: Listener) -> None:
        listener.answer(500)
        await hooked.say("held up")
        await failed_info(hooked)
        await hooked.result("setWebhook", url=listener.url, drop_pending_updates=True)
        await hooked.say("next")
        await listener.until_heard("next")
        assert listener.texts == ["held up", "next"]

    async def test_is_given_up_after_a_day_of_the_sandboxs_clock(self, hooked: Hand, listener: Listener) -> None:
        listener.answer(500)
        await hooked.say("held up")
        await failed_info(hooked)
        await hooked.sim("clock", {"advance": DAY_SECONDS - LONG})
        assert (await hooked.result("getWebhookInfo"))["pending_update_count"] == 1
        await hooked.sim("clock", {"advance": 2 * LONG})
        assert (await hooked.result("getWebhookInfo"))["pending_update_count"] == 0

    async def test_ends_cleanly_with_the_sandbox(self, hooked: Hand, sandbox: Sandbox, listener: Listener) -> None:
        listener.answer(500)
        await hooked.say("held up")
        await failed_info(hooked)
        await sandbox.close()
        own = asyncio.current_task()
        assert [task for task in asyncio.all_tasks() if task is not own and "_walk" in repr(task)] == []


async def test_an_endpoint_that_hangs_up_is_told(hooked: Hand, listener: Listener) -> None:
    async def hang_up(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.close()

    rude = await asyncio.start_server(hang_up, HOST, 0)
    await hooked.result("setWebhook", url=f"http://{HOST}:{rude.sockets[0].getsockname()[1]}/")
    await hooked.say("x")
    info = await failed_info(hooked)
    await hooked.result("deleteWebhook")
    rude.close()
    await rude.wait_closed()
    assert info["last_error_message"] in ("Webhook connection closed", "Connection reset by peer")
