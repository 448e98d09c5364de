"""The flood limits, by a clock that stands still unless the test moves it."""

from collections.abc import AsyncIterator
from random import Random
from typing import Any

import aiohttp
import pytest

from sandbox.app import Sandbox, serve
from sandbox.calls.flood import FloodRates
from sandbox.chats.group import Group
from sandbox.chats.members import Member, Status
from sandbox.clock import SandboxClock
from sandbox.people import Person
from sandbox.world import World
from tests.sandbox.conftest import TOKEN
from tests.sandbox.hand import ANNA, BORIS, Hand, Heard

OTHER = "987654321:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw0"
CROWD = range(2001, 2081)
WIDE = {"per_chat_second": 1000, "burst": 1000}


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    world = World(SandboxClock(lambda: 1_767_225_600.25), Random(7))
    for number in (ANNA, BORIS, *CROWD):
        world.people[number] = Person(number, "Somebody")
    running = await serve(world=world)
    bot = world.bots.of_token(TOKEN)
    for number in CROWD:
        bot.chat_with(world.people[number], world.events).started = True
    yield running
    await running.close()


def founded(sandbox: Sandbox) -> Group:
    """A group where the bot may write."""
    world = sandbox.world
    group = world.found_group("Duty", forum=False, username="duty")
    bot = world.bots.of_token(TOKEN)
    group.members[bot.id] = Member(bot, Status.ADMINISTRATOR)
    return group


async def send(bot: Hand, chat: int | str = ANNA, method: str = "sendMessage", **parameters: Any) -> Heard:
    return await bot.bot(method, **{"chat_id": chat, "text": "x", **parameters})


async def passed(bot: Hand, chat: int | str, calls: int) -> int:
    return [(await send(bot, chat)).status for _ in range(calls)].count(200)


async def said(bot: Hand, chat: int, messages: int) -> dict[str, Any]:
    """So many messages that can be copied."""
    sent = [await send(bot, chat) for _ in range(messages)]
    return {"from_chat_id": chat, "message_ids": [heard.json["result"]["message_id"] for heard in sent]}


async def to_the_crowd(bot: Hand) -> int:
    """How many of eighty people hear the bot at this moment."""
    return [(await send(bot, person)).status for person in CROWD].count(200)


async def test_nothing_is_limited_until_it_is_switched_on(bot: Hand) -> None:
    assert await passed(bot, ANNA, 40) == 40
    assert await bot.sim("flood") == {
        "on": False,
        "strict": False,
        "per_second": 30,
        "per_chat_second": 1,
        "burst": 5,
        "per_group_minute": 20,
        "refused": 0,
    }


async def test_a_person_hears_a_burst_and_then_one_message_a_second(bot: Hand) -> None:
    await bot.sim("flood", {"on": True})
    assert await passed(bot, ANNA, 9) == 5
    refused = await send(bot)
    assert (refused.status, refused.headers["Retry-After"]) == (429, "1")
    assert refused.json == {
        "ok": False,
        "error_code": 429,
        "description": "Too Many Requests: retry after 1",
        "parameters": {"retry_after": 1},
    }
    assert await passed(bot, BORIS, 1) == 0, "Boris never wrote"
    await bot.sim("clock", {"advance": 1})
    assert await passed(bot, ANNA, 3) == 1
    await bot.sim("clock", {"advance": 3600})
    assert await passed(bot, ANNA, 9) == 5
    assert (await bot.sim("flood"))["refused"] == 4 + 1 + 2 + 4


async def test_waiting_as_long_as_told_is_enough_and_a_second_less_is_not(bot: Hand) -> None:
    await bot.sim("flood", {"on": True, "per_chat_second": 0.3, "burst": 1})
    await send(bot)
    seconds = (await send(bot)).json["parameters"]["retry_after"]
    assert seconds == 4
    await bot.sim("clock", {"advance": seconds - 1})
    assert (await send(bot)).json["parameters"]["retry_after"] == 1
    await bot.sim("clock", {"advance": 1})
    assert (await send(bot)).status == 200


async def test_refused_calls_take_nothing_whatever_they_are_refused_for(bot: Hand) -> None:
    await bot.sim("flood", {"on": True, "burst": 1})
    for spoiled in ({"text": ""}, {"reply_to_message_id": 777}, {"chat_id": 5}, {"chat_id": None}):
        assert (await send(bot, **spoiled)).status == 400
    assert await passed(bot, ANNA, 5) == 1
    await bot.sim("clock", {"advance": 1})
    assert await passed(bot, ANNA, 1) == 1


async def test_what_is_no_message_is_not_limited(bot: Hand) -> None:
    await bot.sim("flood", {"on": True, "burst": 1})
    sent = (await send(bot)).json["result"]["message_id"]
    assert (await send(bot)).status == 429
    assert (await send(bot, method="sendChatAction", action="typing")).status == 200
    assert (await send(bot, method="getChat")).status == 200
    assert (await send(bot, method="deleteMessage", message_id=sent)).status == 200


async def test_edits_count_too(bot: Hand) -> None:
    await bot.sim("flood", {"on": True, "burst": 2})
    sent = (await send(bot)).json["result"]["message_id"]
    edits = [await send(bot, method="editMessageText", text=text, message_id=sent) for text in "ab"]
    assert [edit.status for edit in edits] == [200, 429]


async def test_thirty_messages_a_second_in_all(bot: Hand) -> None:
    await bot.sim("flood", {"on": True})
    assert await to_the_crowd(bot) == 30
    await bot.sim("clock", {"advance": 0.5})
    assert await to_the_crowd(bot) == 15
    await bot.sim("clock", {"advance": 60})
    assert await to_the_crowd(bot) == 30


async def test_strictly_no_second_sees_more_than_thirty(bot: Hand) -> None:
    await bot.sim("flood", {"on": True, "strict": True, **WIDE})
    assert await to_the_crowd(bot) == 30
    await bot.sim("clock", {"advance": 0.5})
    assert await to_the_crowd(bot) == 0
    await bot.sim("clock", {"advance": 0.5})
    assert await passed(bot, ANNA, 10) == 10
    await bot.sim("clock", {"advance": 0.9})
    assert await to_the_crowd(bot) == 20
    assert (await send(bot)).json["parameters"]["retry_after"] == 1
    await bot.sim("clock", {"advance": 0.1})
    assert await to_the_crowd(bot) == 10


@pytest.mark.parametrize("strict", [False, True])
async def test_a_group_hears_twenty_messages_a_minute(bot: Hand, sandbox: Sandbox, strict: bool) -> None:
    group = founded(sandbox)
    await bot.sim("flood", {"on": True, "strict": strict})
    assert await passed(bot, group.id, 15) == 15
    assert await passed(bot, "@duty", 10) == 5
    assert (await send(bot, group.id)).json["parameters"]["retry_after"] == (60 if strict else 3)
    assert await passed(bot, ANNA, 1) == 1
    await bot.sim("clock", {"advance": 30})
    assert await passed(bot, group.id, 20) == (0 if strict else 10)
    await bot.sim("clock", {"advance": 30})
    assert await passed(bot, group.id, 40) == (20 if strict else 10)


async def test_an_album_counts_its_pictures(bot: Hand, sandbox: Sandbox) -> None:
    group = founded(sandbox)
    several = await said(bot, group.id, 3)
    await bot.sim("flood", {"on": True, "per_group_minute": 5})
    copies = [await send(bot, group.id, "copyMessages", **several) for _ in range(2)]
    assert [copy.status for copy in copies] == [200, 429]
    assert copies[1].json["parameters"]["retry_after"] == 12
    assert await passed(bot, group.id, 5) == 2


async def test_more_at_once_than_is_ever_allowed_passes_on_credit(bot: Hand) -> None:
    several = await said(bot, CROWD[0], 8)
    await bot.sim("flood", {"on": True, "burst": 2})
    assert (await send(bot, ANNA, "copyMessages", **several)).status == 200
    assert (await send(bot)).json["parameters"]["retry_after"] == 7


async def test_each_bot_has_limits_of_its_own(bot: Hand) -> None:
    await bot.sim("flood", {"on": True, "burst": 1})
    assert await passed(bot, ANNA, 2) == 1
    await bot.bot("getMe", token=OTHER)
    await bot.sim("say", {"person": ANNA, "text": "Hi", "bot": 987654321})
    assert (await bot.bot("sendMessage", token=OTHER, chat_id=ANNA, text="x")).status == 200


@pytest.mark.parametrize("strict", [False, True])
async def test_a_clock_set_back_locks_nobody_out(bot: Hand, strict: bool) -> None:
    await bot.sim("flood", {"on": True, "strict": strict, "per_second": 3})
    assert await passed(bot, ANNA, 5) == 3
    await bot.sim("clock", {"advance": -86400})
    assert await passed(bot, ANNA, 5) == 0
    assert (await send(bot)).json["parameters"]["retry_after"] == 1
    await bot.sim("clock", {"advance": 1})
    assert await passed(bot, ANNA, 5) == 3


async def test_a_new_rate_begins_anew_and_a_reset_switches_off(bot: Hand) -> None:
    await bot.sim("flood", {"on": True, "burst": 1})
    assert await passed(bot, ANNA, 3) == 1
    switched = await bot.sim("flood", {"burst": 2})
    assert (switched["on"], switched["burst"], switched["refused"]) == (True, 2, 2)
    assert await passed(bot, ANNA, 3) == 2
    await bot.sim("reset", {})
    assert await bot.sim("flood") == {**switched, "on": False, "burst": 5, "refused": 0}
    await bot.bot("getMe")
    await bot.start()
    assert await passed(bot, ANNA, 40) == 40


@pytest.mark.parametrize(
    "rates", [{"burst": 0}, {"per_second": "x"}, {"per_second": "inf"}, {"on": 1}, {"strict": "no"}]
)
async def test_rates_that_make_no_sense(hand: Hand, rates: Any) -> None:
    assert (await hand.ask("flood", {"on": True, **rates})).status == 400
    assert (await hand.sim("flood"))["on"] is False


async def test_a_sandbox_may_begin_with_limits() -> None:
    running = await serve(world=World(SandboxClock(lambda: 7.0)), flood=FloodRates(burst=1, strict=True))
    async with aiohttp.ClientSession() as session:
        told = await Hand(session, running.url, TOKEN).sim("flood")
    await running.close()
    assert (told["on"], told["burst"], told["strict"]) == (True, 1, True)


async def test_planned_faults_and_limits_do_not_spend_each_other(bot: Hand) -> None:
    await bot.sim("flood", {"on": True, "burst": 1})
    await bot.sim("faults", {"method": "sendMessage", "kind": "error", "times": 2})
    assert [(await send(bot)).status for _ in range(4)] == [500, 500, 200, 429]
