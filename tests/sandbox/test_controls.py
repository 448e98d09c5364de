"""Faults, the clock, the log, the stream of changes, and the page."""

import asyncio
import json
from typing import Any

import aiohttp
import pytest

from sandbox.app import Sandbox
from tests.sandbox.conftest import TOKEN
from tests.sandbox.hand import ANNA, BORIS, Hand

LONG = 30


async def texts(bot: Hand, person: int = ANNA) -> list[str]:
    return [seen["text"] for seen in await bot.messages(person) if seen["from"] == "bot"]


async def test_an_error_has_no_effect_and_is_used_up(bot: Hand) -> None:
    fault = {"method": "sendMessage", "kind": "error", "code": 500, "description": "Internal Server Error"}
    await bot.sim("faults", {**fault, "times": 2, "skip": 1})
    answers = [await bot.bot("sendMessage", chat_id=ANNA, text=text) for text in "abcd"]
    assert [answer.status for answer in answers] == [200, 500, 500, 200]
    assert answers[1].json == {"ok": False, "error_code": 500, "description": "Internal Server Error"}
    assert await texts(bot) == ["a", "d"]
    assert (await bot.sim("faults"))["faults"] == []


async def test_a_flood_names_its_seconds_twice(bot: Hand) -> None:
    await bot.sim("faults", {"method": "*", "kind": "error", "retry_after": 3})
    answer = await bot.bot("getMe")
    assert answer.headers["Retry-After"] == "3"
    assert answer.json == {
        "ok": False,
        "error_code": 429,
        "description": "Too Many Requests: retry after 3",
        "parameters": {"retry_after": 3},
    }


async def test_a_bad_gateway_speaks_html(bot: Hand) -> None:
    await bot.sim("faults", {"method": "getme", "kind": "html502"})
    async with bot.session.get(f"{bot.url}/bot{TOKEN}/getMe") as response:
        assert (response.status, response.content_type) == (502, "text/html")
        assert "<html>" in await response.text()


@pytest.mark.parametrize(("kind", "arrived"), [("timeout_before", []), ("timeout_after", ["x"])])
async def test_a_dropped_connection_with_and_without_the_effect(bot: Hand, kind: str, arrived: list[str]) -> None:
    await bot.sim("faults", {"method": "sendMessage", "kind": kind})
    with pytest.raises(aiohttp.ClientConnectionError):
        await bot.bot("sendMessage", chat_id=ANNA, text="x")
    assert await texts(bot) == arrived
    assert (await bot.sim("log", method="sendMessage"))["calls"][-1]["status"] == 0


async def test_a_truncated_answer_is_no_json_but_took_effect(bot: Hand) -> None:
    await bot.sim("faults", {"method": "sendMessage", "kind": "truncated"})
    async with bot.session.post(f"{bot.url}/bot{TOKEN}/sendMessage", json={"chat_id": ANNA, "text": "x"}) as response:
        body = await response.text()
    with pytest.raises(ValueError, match=r"Unterminated|Expecting"):
        json.loads(body)
    assert await texts(bot) == ["x"]


async def test_a_slow_answer_is_right_but_late(bot: Hand) -> None:
    await bot.sim("faults", {"method": "getMe", "kind": "slow", "seconds": 0.2})
    began = asyncio.get_running_loop().time()
    await bot.result("getMe")
    assert asyncio.get_running_loop().time() - began >= 0.19


async def test_a_fault_of_one_chat_spares_the_others(bot: Hand) -> None:
    await bot.start(BORIS)
    blocked = {"code": 403, "description": "Forbidden: bot was blocked by the user"}
    await bot.sim("faults", {"method": "sendMessage", "kind": "error", "chat": BORIS, **blocked})
    assert (await bot.bot("sendMessage", chat_id=ANNA, text="x")).status == 200
    assert (await bot.bot("sendMessage", chat_id=BORIS, text="x")).status == 403


async def test_the_plan_can_be_read_and_emptied(bot: Hand) -> None:
    planned = await bot.sim("faults", {"method": "sendMessage", "kind": "error", "code": 400, "times": 3})
    (fault,) = (await bot.sim("faults"))["faults"]
    assert (fault["id"], fault["code"], fault["times"]) == (planned["id"], 400, 3)
    assert (await bot.ask("faults", verb="DELETE")).status == 200
    assert (await bot.sim("faults"))["faults"] == []


@pytest.mark.parametrize(
    "body",
    [
        {"kind": "error"},
        {"method": "*", "kind": "odd"},
        {"method": "*", "kind": "error", "times": 0},
        {"method": "*", "kind": "error", "code": "x"},
    ],
)
async def test_faults_that_make_no_sense(hand: Hand, body: Any) -> None:
    answer = await hand.ask("faults", body)
    assert answer.status == 400
    assert answer.json["error"]


async def test_the_clock_moves_by_and_to(hand: Hand) -> None:
    assert (await hand.sim("clock"))["offset"] == 0
    assert (await hand.sim("clock", {"advance": 60}))["offset"] == 60
    assert (await hand.sim("clock", {"advance": 60}))["offset"] == 120
    assert (await hand.sim("clock", {"offset": -5}))["offset"] == -5
    moved = await hand.sim("clock", {"set": "2030-05-04T09:00:00Z"})
    assert moved["now"].startswith("2030-05-04T09:00:0")
    assert moved["now"].endswith("+00:00")
    assert moved["sequence"] == 4
    assert (await hand.ask("clock", {})).status == 400
    assert (await hand.ask("clock", {"set": "tomorrow"})).status == 400


async def test_a_move_of_the_clock_waits_for_those_who_follow(hand: Hand) -> None:
    async with hand.session.ws_connect(f"{hand.url}/sim/clock/listen") as socket:
        assert await socket.receive_json() == {"offset": 0.0, "sequence": 0}
        kept: list[str] = []

        async def follow() -> None:
            news = await socket.receive_json()
            assert news == {"offset": 60.0, "sequence": 1}
            await hand.sim("clock")
            kept.append("follower")
            await socket.send_json({"sequence": news["sequence"]})

        async def move() -> None:
            await hand.sim("clock", {"advance": 60})
            kept.append("mover")

        async with asyncio.timeout(4):
            await asyncio.gather(follow(), move())
        assert kept == ["follower", "mover"]


async def test_a_follower_that_hangs_up_holds_nobody(hand: Hand) -> None:
    async with hand.session.ws_connect(f"{hand.url}/sim/clock/listen") as socket:
        await socket.receive_json()

        async def hang_up() -> None:
            await socket.receive_json()
            await socket.close()

        async with asyncio.timeout(4):
            moved, _ = await asyncio.gather(hand.sim("clock", {"advance": 1}), hang_up())
    assert moved["sequence"] == 1


async def test_the_log_keeps_what_was_asked_and_answered(bot: Hand) -> None:
    await bot.start(BORIS)
    await bot.result("sendMessage", chat_id=ANNA, text="[1]")
    await bot.bot("sendmessage", chat_id=BORIS, text="")
    sent, refused = (await bot.sim("log", method="sendMessage"))["calls"]
    assert (sent["params"], sent["status"]) == ({"chat_id": ANNA, "text": "[1]"}, 200)
    assert sent["response"]["result"]["text"] == "[1]"
    assert (refused["method"], refused["response"]["error_code"]) == ("sendMessage", 400)
    assert refused["bot"] == 123456789
    assert (await bot.sim("log", chat=BORIS))["calls"] == [refused]
    assert (await bot.sim("log", after=sent["seq"]))["calls"] == [refused]
    assert TOKEN not in str(await bot.sim("log"))


async def test_the_answer_to_a_button_belongs_to_its_chat(bot: Hand) -> None:
    keyboard = {"inline_keyboard": [[{"text": "A", "callback_data": "a"}]]}
    await bot.result("sendMessage", chat_id=ANNA, text="x", reply_markup=keyboard)
    pressed = await bot.sim("press", {"person": ANNA, "button": "A"})
    await bot.sim("faults", {"method": "answerCallbackQuery", "kind": "error", "chat": BORIS})
    await bot.result("answerCallbackQuery", callback_query_id=pressed["query_id"])
    assert [call["method"] for call in (await bot.sim("log", chat=ANNA))["calls"]] == [
        "sendMessage",
        "answerCallbackQuery",
    ]


async def test_changes_are_streamed(bot: Hand) -> None:
    async with bot.session.get(f"{bot.url}/sim/events") as response:
        assert response.content_type == "text/event-stream"
        assert await response.content.readline() == b": hello\n"
        said = await bot.say("hm")
        changes = [await change(response), await change(response)]
        await bot.sim("clock", {"advance": 1})
        changes.append(await change(response))
        await bot.sim("faults", {"method": "*", "kind": "error"})
        changes.append(await change(response))
    assert changes == [
        {"kind": "chat", "chat": ANNA, "person": ANNA, "bot": 123456789, "revision": said["revision"]},
        {"kind": "people"},
        {"kind": "clock"},
        {"kind": "faults"},
    ]


async def change(response: aiohttp.ClientResponse) -> Any:
    while (line := await response.content.readline()) != b"event: change\n":
        assert line
    return json.loads((await response.content.readline()).removeprefix(b"data: "))


@pytest.mark.parametrize("path", ["/", "/page/index.html"])
async def test_the_page_is_served_fresh(hand: Hand, path: str) -> None:
    async with hand.session.get(hand.url + path) as response:
        assert (response.status, response.content_type) == (200, "text/html")
        assert "no-cache" in response.headers["Cache-Control"]


@pytest.mark.parametrize("name", ["nothing.js", "..%2Fapp.py", "%2e%2e%2fwire.py", "index", "."])
async def test_nothing_but_the_page_is_served(hand: Hand, name: str) -> None:
    async with hand.session.get(f"{hand.url}/page/{name}") as response:
        assert response.status == 404


async def test_closing_the_sandbox_ends_the_stream_and_hangs_up(hand: Hand, sandbox: Sandbox) -> None:
    async with (
        hand.session.get(f"{hand.url}/sim/events") as stream,
        hand.session.ws_connect(f"{hand.url}/sim/clock/listen") as socket,
    ):
        await socket.receive_json()
        async with asyncio.timeout(4):
            await asyncio.gather(sandbox.close(), stream.read(), socket.receive())
        assert socket.closed
