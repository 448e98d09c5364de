"""Floods and faults at their edges, by a clock that stands still unless the test moves it."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from io import BytesIO
from random import Random

import pytest

from sandbox.app import Sandbox, serve
from sandbox.clock import SandboxClock
from sandbox.people import Person
from sandbox.world import World
from tests.sandbox.groups import found
from tests.sandbox.hand import ANNA, BORIS, Hand
from tests.sandbox.pictures import photo_id

NOW = datetime(2030, 5, 4, 9, tzinfo=UTC)
CALLS = 60
PARAMETERS_BYTES = 2**20
JSON = {"Content-Type": "application/json"}
BURST_OF_ONE = {"on": True, "burst": 1}


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    world = World(SandboxClock(NOW.timestamp), Random(7))
    for number in (ANNA, BORIS):
        world.people[number] = Person(number, "Somebody")
    running = await serve(world=world)
    yield running
    await running.close()


async def statuses(bot: Hand, calls: int = 1) -> list[int]:
    return [(await bot.bot("getMe")).status for _ in range(calls)]


@pytest.mark.parametrize(
    "method",
    [
        "sendMessage",
        "sendPhoto",
        "sendAudio",
        "sendDocument",
        "sendVideo",
        "sendAnimation",
        "sendVoice",
        "sendMediaGroup",
        "sendLocation",
        "sendContact",
        "sendInvoice",
        "forwardMessage",
        "forwardMessages",
        "copyMessage",
        "copyMessages",
        "editMessageText",
        "editMessageCaption",
        "editMessageMedia",
        "editMessageReplyMarkup",
    ],
)
async def test_whatever_shows_a_message_is_limited(bot: Hand, method: str) -> None:
    await bot.sim("flood", BURST_OF_ONE)
    await bot.result("sendMessage", chat_id=ANNA, text="x")
    assert (await bot.bot(method, chat_id=ANNA)).status == 429


@pytest.mark.parametrize("strict", [False, True])
async def test_an_album_of_three_leaves_room_for_two(bot: Hand, strict: bool) -> None:
    group = await found(bot)
    picture = {"type": "photo", "media": await photo_id(bot)}
    await bot.sim("flood", {"on": True, "strict": strict, "per_group_minute": 5})
    await bot.result("sendMediaGroup", chat_id=group, media=[picture] * 3)
    sent = [(await bot.bot("sendMessage", chat_id=group, text="x")).status for _ in range(3)]
    assert sent == [200, 200, 429]


@pytest.mark.parametrize(("begins", "ends", "status"), [(0, 60, 500), (1, 60, 200), (-60, 0, 200), (-60, 1, 500)])
async def test_a_fault_begins_at_its_first_moment_and_is_over_at_its_last(
    bot: Hand, begins: int, ends: int, status: int
) -> None:
    hours = {
        name: (NOW + timedelta(seconds=seconds)).isoformat() for name, seconds in (("from", begins), ("until", ends))
    }
    await bot.sim("faults", {"method": "getMe", "kind": "error", **hours})
    assert await statuses(bot) == [status]


@pytest.mark.parametrize(("probability", "least", "most"), [(0.9, 45, 59), (0.1, 1, 15)])
async def test_a_likely_fault_comes_often_and_an_unlikely_one_seldom(
    bot: Hand, probability: float, least: int, most: int
) -> None:
    await bot.sim("faults", {"method": "getMe", "kind": "error", "probability": probability})
    assert least <= (await statuses(bot, CALLS)).count(500) <= most


async def test_a_fault_of_a_chat_spoils_the_answer_to_its_button(bot: Hand) -> None:
    keyboard = {"inline_keyboard": [[{"text": "A", "callback_data": "a"}]]}
    await bot.result("sendMessage", chat_id=ANNA, text="x", reply_markup=keyboard)
    query = (await bot.sim("press", {"person": ANNA, "button": "A"}))["query_id"]
    for chat, status in ((BORIS, 200), (ANNA, 500)):
        await bot.sim("faults", {"method": "answerCallbackQuery", "kind": "error", "chat": chat})
        assert (await bot.bot("answerCallbackQuery", callback_query_id=query)).status == status


@pytest.mark.parametrize("name", ["text", "caption"])
async def test_words_are_logged_as_they_are_even_where_they_look_like_json(bot: Hand, name: str) -> None:
    await bot.bot("sendPhoto", chat_id=ANNA, **{name: "[1]"}, photo="[2]")
    (call,) = (await bot.sim("log", method="sendPhoto"))["calls"]
    assert (call["params"][name], call["params"]["photo"]) == ("[1]", [2])


@pytest.mark.parametrize(("beyond", "status"), [(0, 200), (1, 413)])
async def test_a_body_has_a_megabyte_of_parameters(bot: Hand, beyond: int, status: int) -> None:
    body = b'{"unknown": "'.ljust(PARAMETERS_BYTES + beyond - 2, b"x") + b'"}'
    address = f"{bot.url}/bot{bot.token}/getMe"
    async with bot.session.post(address, data=BytesIO(body), headers=JSON) as response:
        assert response.status == status


async def test_a_boundary_has_seventy_characters(bot: Hand) -> None:
    mark = "x" * 70
    headers = {"Content-Type": f"multipart/form-data; boundary={mark}"}
    async with bot.session.post(f"{bot.url}/bot{bot.token}/getMe", data=f"--{mark}--", headers=headers) as response:
        assert response.status == 200


@pytest.mark.parametrize(("levels", "read"), [(100, True), (101, False)])
async def test_json_is_read_a_hundred_levels_deep(bot: Hand, levels: int, read: bool) -> None:
    nested = "[" * levels + "]" * levels
    told = await bot.refusal("setMessageReaction", chat_id=ANNA, message_id=1, reaction=nested)
    assert ("JSON object" not in told) is read


async def test_of_broken_json_the_first_of_a_name_counts(bot: Hand) -> None:
    body = f'{{"chat_id": {ANNA}, "text": "first", "text": "second", broken'
    address = f"{bot.url}/bot{bot.token}/sendMessage"
    async with bot.session.post(address, data=body, headers=JSON) as response:
        assert (await response.json())["result"]["text"] == "first"
