"""The clock, the stream of changes, and the page."""

import asyncio
import json
from typing import Any

import aiohttp
import pytest

from sandbox.app import Sandbox
from tests.sandbox.hand import ANNA, Hand


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


async def test_what_a_follower_has_said_stays_said(sandbox: Sandbox) -> None:
    class Silent:
        acknowledged = -1

        async def tell(self, offset: float, sequence: int) -> None:
            """The test speaks for it."""

    clock, follower = sandbox.world.clock, Silent()
    await clock.follow(follower)
    for sequence in (2, 1, -1):
        clock.acknowledge(follower, sequence)
    assert follower.acknowledged == 2
    clock.leave(follower)


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


async def test_calls_and_floods_are_streamed(bot: Hand) -> None:
    async with bot.session.get(f"{bot.url}/sim/events") as response:
        await response.content.readline()
        await bot.result("getMe")
        changes = [await change(response)]
        await bot.sim("flood", {"on": True, "burst": 1})
        changes.append(await change(response))
        await bot.result("sendMessage", chat_id=ANNA, text="x")
        changes += [await change(response), await change(response)]
        await bot.bot("sendMessage", chat_id=ANNA, text="x")
        changes += [await change(response), await change(response)]
    assert [told["kind"] for told in changes] == ["calls", "flood", "chat", "calls", "flood", "calls"]


@pytest.mark.parametrize(
    "body",
    [
        {"advance": "nan"},
        {"advance": "inf"},
        {"offset": 1e300},
        {"advance": -(10**11)},
        {"set": "1969-12-31T23:59:59Z"},
        {"set": "9999-01-01"},
        {"set": "0001-01-01T00:00:00+14:00"},
        {"set": 7},
        {"advance": {}},
    ],
)
async def test_the_clock_stays_where_dates_can_be_written(hand: Hand, body: Any) -> None:
    assert (await hand.ask("clock", body)).status == 400
    assert (await hand.sim("clock"))["sequence"] == 0


@pytest.mark.parametrize("body", [b"{", b"[]", b'{"people": NaN}', b'{"x": "\\ud800"}', b"\xff", b"[" * 100_000])
async def test_bodies_that_cannot_be_read(hand: Hand, body: bytes) -> None:
    async with hand.session.post(f"{hand.url}/sim/reset", data=body) as response:
        assert response.status == 400
        assert (await response.json())["error"]


async def change(response: aiohttp.ClientResponse) -> Any:
    while (line := await response.content.readline()) != b"event: change\n":
        assert line
    return json.loads((await response.content.readline()).removeprefix(b"data: "))


@pytest.mark.parametrize("path", ["/", "/page/index.html"])
async def test_the_page_is_served_fresh(hand: Hand, path: str) -> None:
    async with hand.session.get(hand.url + path) as response:
        assert (response.status, response.content_type) == (200, "text/html")
        assert "no-cache" in response.headers["Cache-Control"]


@pytest.mark.parametrize(
    "name", ["nothing.js", "..%2Fapp.py", "%2e%2e%2fwire.py", "index", ".", "drawer", "drawer/%2e%2e/%2e%2e/wire.py"]
)
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
