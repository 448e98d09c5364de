"""How updates come to a webhook: order, patience, and what is said of failures."""

import asyncio

import aiohttp
import pytest

from sandbox.app import Sandbox
from tests.sandbox.hand import ANNA, BORIS, Hand
from tests.sandbox.listener import Listener, Watched, failed_info

LONG = 30
DAY_SECONDS = 24 * 3600


@pytest.fixture
def patience() -> Watched:
    return Watched()


async def test_each_chat_keeps_its_order_and_a_slow_one_holds_up_nobody(hooked: Hand, listener: Listener) -> None:
    listener.gates[ANNA] = asyncio.Event()
    for text in ("anna 1", "anna 2", "anna 3"):
        await hooked.say(text)
    for text in ("boris 1", "boris 2", "boris 3"):
        await hooked.say(text, BORIS)
    await listener.until_heard("boris 3", "anna 1")
    assert [text for text in listener.texts if "anna" in text] == ["anna 1"]
    listener.gates[ANNA].set()
    await listener.until_heard("anna 3")
    assert [text for text in listener.texts if "anna" in text] == ["anna 1", "anna 2", "anna 3"]
    assert [text for text in listener.texts if "boris" in text] == ["boris 1", "boris 2", "boris 3"]


@pytest.mark.parametrize(("connections", "at_once"), [(2, 2), (5, 5)])
async def test_only_so_many_are_on_their_way_at_once(
    hand: Hand, listener: Listener, connections: int, at_once: int
) -> None:
    people = [{"id": number, "first_name": f"P{number}"} for number in range(2001, 2006)]
    await hand.sim("people", {"people": people})
    await hand.result("getMe")
    for person in people:
        await hand.start(int(str(person["id"])))
    listener.gate = asyncio.Event()
    await hand.result("setWebhook", url=listener.url, max_connections=connections)
    await listener.until(lambda: listener.inside == at_once)
    listener.gate.set()
    await listener.until(lambda: len(listener.received) == 10)
    assert listener.most_inside == at_once


async def test_a_failed_update_comes_again_with_growing_delay_while_other_chats_go_on(
    hooked: Hand, listener: Listener, patience: Watched
) -> None:
    listener.answer(500, 302, 404, 429)
    await hooked.say("again")
    await listener.until(lambda: listener.texts == ["again"] * 5)
    await hooked.say("other", BORIS)
    await listener.until_heard("other")
    assert patience.asked == [1, 2, 3, 4]
    assert (await hooked.result("getWebhookInfo"))["pending_update_count"] == 0


@pytest.mark.parametrize("status", [200, 201, 204, 226])
async def test_any_status_of_200_and_something_is_done(hooked: Hand, listener: Listener, status: int) -> None:
    listener.answer(status)
    await hooked.say("first")
    await hooked.say("second")
    await listener.until_heard("second")
    assert listener.texts == ["first", "second"]
    assert "last_error_message" not in await hooked.result("getWebhookInfo")


async def test_an_endpoint_that_comes_back_gets_what_it_missed_once(
    hooked: Hand, listener: Listener, patience: Watched
) -> None:
    await listener.stop()
    await hooked.say("missed")
    await hooked.say("missed too")
    await failed_info(hooked)
    await listener.start()
    await listener.until_heard("missed too")
    assert listener.texts == ["missed", "missed too"]
    assert patience.asked


async def test_what_grew_too_old_on_its_way_is_not_posted_again(hooked: Hand, listener: Listener) -> None:
    listener.gates[ANNA] = asyncio.Event()
    await hooked.say("old")
    await listener.until_heard("old")
    await hooked.sim("clock", {"advance": DAY_SECONDS + LONG})
    await hooked.say("new")
    listener.answer(500)
    listener.gates[ANNA].set()
    await listener.until_heard("new")
    assert listener.texts == ["old", "new"]


async def test_what_arrived_is_written_down_with_its_deliveries(
    hooked: Hand, sandbox: Sandbox, listener: Listener
) -> None:
    listener.answer(500, 500)
    said = await hooked.say("noted")
    await listener.until(lambda: len(listener.received) == 3)
    async with asyncio.timeout(LONG):
        while (await hooked.result("getWebhookInfo"))["pending_update_count"]:
            """The answer is on its way."""
    told = list(sandbox.world.told.updates(chat=ANNA))[-1]
    assert (told.update_id, told.kind, told.deliveries, told.confirmed) == (said["update_id"], "message", 3, True)
    assert told.as_json()["body"] == listener.received[-1].update


async def test_a_closing_sandbox_lets_a_slow_endpoint_be(hooked: Hand, sandbox: Sandbox, listener: Listener) -> None:
    listener.gates[ANNA] = asyncio.Event()
    await hooked.say("x")
    await listener.until_heard("x")
    async with asyncio.timeout(LONG / 3):
        await sandbox.close()
    with pytest.raises(aiohttp.ClientError):
        await hooked.result("getMe")
