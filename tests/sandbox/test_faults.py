"""The fault plan: which calls go wrong, how, and how often."""

import asyncio
import json
from typing import Any

import aiohttp
import pytest

from tests.sandbox.conftest import TOKEN
from tests.sandbox.hand import ANNA, BORIS, Hand

TERMINATED = "terminated by other getUpdates request; make sure that only one bot instance is running"


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
        {"method": "*", "kind": "error", "code": 200},
        {"method": "*", "kind": "error", "retry_after": -1},
        {"method": "*", "kind": "error", "skip": -1},
        {"method": "*", "kind": "error", "every": 0},
        {"method": "*", "kind": "error", "probability": 0},
        {"method": "*", "kind": "error", "probability": 1.1},
        {"method": "*", "kind": "error", "probability": "nan"},
        {"method": "*", "kind": "error", "from": "tomorrow"},
        {"method": "*", "kind": "error", "until": "0001-01-01T00:00:00+14:00"},
        {"method": "*", "kind": "slow", "seconds": "inf"},
    ],
)
async def test_faults_that_make_no_sense(hand: Hand, body: Any) -> None:
    answer = await hand.ask("faults", body)
    assert answer.status == 400
    assert answer.json["error"]


async def statuses(bot: Hand, calls: int) -> list[int]:
    return [(await bot.bot("getMe")).status for _ in range(calls)]


async def test_every_third_call_goes_wrong_without_end(bot: Hand) -> None:
    await bot.sim("faults", {"method": "getMe", "kind": "error", "every": 3, "skip": 1})
    assert await statuses(bot, 10) == [200, 200, 200, 500, 200, 200, 500, 200, 200, 500]
    (fault,) = (await bot.sim("faults"))["faults"]
    assert (fault["every"], fault["times"], fault["skip"]) == (3, None, 0)


async def test_every_second_call_goes_wrong_twice(bot: Hand) -> None:
    await bot.sim("faults", {"method": "getMe", "kind": "error", "every": 2, "times": 2})
    assert await statuses(bot, 8) == [200, 500, 200, 500, 200, 200, 200, 200]
    assert (await bot.sim("faults"))["faults"] == []


async def test_chance_is_the_same_for_the_same_seed(bot: Hand) -> None:
    heard = []
    for seed in (1, 1, 2):
        await bot.sim("faults", {"method": "getMe", "kind": "error", "probability": 0.5, "seed": seed})
        heard.append(await statuses(bot, 40))
        await bot.ask("faults", verb="DELETE")
    assert heard[0] == heard[1] != heard[2]
    assert 10 <= heard[0].count(500) <= 30


async def test_a_fault_lasts_for_a_while_by_the_clock_of_the_sandbox(bot: Hand) -> None:
    await bot.sim("clock", {"set": "2030-05-04T08:59:00Z"})
    while_open = {"from": "2030-05-04T09:00:00Z", "until": "2030-05-04T12:00:00+02:00"}
    await bot.sim("faults", {"method": "getMe", "kind": "error", **while_open})
    heard = await statuses(bot, 2)
    for advance in (60, 3540, 60):
        await bot.sim("clock", {"advance": advance})
        heard += await statuses(bot, 2)
    assert heard == [200, 200, 500, 500, 500, 500, 200, 200]
    (fault,) = (await bot.sim("faults"))["faults"]
    assert (fault["from"], fault["until"]) == ("2030-05-04T09:00:00+00:00", "2030-05-04T10:00:00+00:00")


async def test_calls_outside_its_time_are_not_counted(bot: Hand) -> None:
    await bot.sim("clock", {"set": "2030-05-04T08:00:00Z"})
    await bot.sim("faults", {"method": "getMe", "kind": "error", "every": 2, "from": "2030-05-04T09:00:00Z"})
    assert await statuses(bot, 3) == [200, 200, 200]
    await bot.sim("clock", {"advance": 3600})
    assert await statuses(bot, 4) == [200, 500, 200, 500]


async def test_of_two_faults_the_second_waits_for_what_the_first_lets_pass(bot: Hand) -> None:
    await bot.sim("faults", {"method": "*", "kind": "error", "code": 400, "every": 2})
    await bot.sim("faults", {"method": "getMe", "kind": "error", "code": 403, "every": 2})
    assert await statuses(bot, 8) == [200, 400, 403, 400, 200, 400, 403, 400]


@pytest.mark.parametrize(
    ("fault", "told"),
    [
        ({}, "Internal Server Error"),
        ({"code": 400}, "Bad Request"),
        ({"code": 401}, "Unauthorized"),
        ({"code": 403}, "Forbidden: bot was blocked by the user"),
        (
            {"code": 409},
            "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running",
        ),
        ({"code": 413}, "Request Entity Too Large"),
        ({"code": 429}, "Too Many Requests: retry after 1"),
        ({"code": 502}, "Bad Gateway"),
        ({"code": 599}, "Internal Server Error"),
        ({"code": 403, "description": "Forbidden: user is deactivated"}, "Forbidden: user is deactivated"),
    ],
)
async def test_an_error_speaks_as_telegram_does(bot: Hand, fault: Any, told: str) -> None:
    await bot.sim("faults", {"method": "getMe", "kind": "error", **fault})
    answer = await bot.bot("getMe")
    assert (answer.status, answer.json["description"]) == (fault.get("code", 500), told)
    assert answer.json.get("parameters") == ({"retry_after": 1} if answer.status == 429 else None)


async def test_the_plan_spares_calls_that_never_reach_a_method(bot: Hand) -> None:
    await bot.sim("faults", {"method": "*", "kind": "error", "code": 502})
    assert (await bot.bot("getNothing")).status == 404
    assert await statuses(bot, 2) == [502, 200]
