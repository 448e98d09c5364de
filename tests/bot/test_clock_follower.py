"""The clinic's clock follows one that somebody else moves."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from datetime import timedelta
from typing import Any

from aiohttp import web

from bot.clock_follower import follow_clock
from tests.stage.stage import Stage

HOUR = timedelta(hours=1)


class Clock:
    """Keeps every offset it was told."""

    def __init__(self) -> None:
        self.told: list[timedelta] = []
        self.heard = asyncio.Event()

    def shift(self, offset: timedelta) -> None:
        self.told.append(offset)
        self.heard.set()


@asynccontextmanager
async def following(url: str) -> AsyncIterator[Clock]:
    """A clock that follows the one at this address."""
    clock = Clock()
    async with asyncio.TaskGroup() as tasks:
        follower = tasks.create_task(follow_clock(url, clock.shift))
        try:
            yield clock
        finally:
            follower.cancel()


@asynccontextmanager
async def clock_at(talk: Callable[[web.WebSocketResponse], Awaitable[Any]]) -> AsyncIterator[str]:
    """A clock of ten lines that talks as it likes."""

    async def answer(request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        with suppress(ConnectionError):
            await talk(socket)
        return socket

    app = web.Application()
    app.router.add_get("/", answer)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}/"
    finally:
        await runner.cleanup()


async def test_an_offset_is_applied_before_it_is_acknowledged() -> None:
    seen: list[tuple[Any, list[timedelta]]] = []
    done = asyncio.Event()

    async def talk(socket: web.WebSocketResponse) -> None:
        for sequence, seconds in [(1, 3600), (2, -60.5)]:
            await socket.send_json({"offset": seconds, "sequence": sequence})
            seen.append((await socket.receive_json(), list(clock.told)))
        done.set()

    async with clock_at(talk) as url, following(url) as clock:
        await done.wait()
    assert seen == [({"sequence": 1}, [HOUR]), ({"sequence": 2}, [HOUR, timedelta(seconds=-60.5)])]


async def test_a_clock_that_hangs_up_is_called_again() -> None:
    calls = 0
    again = asyncio.Event()

    async def talk(socket: web.WebSocketResponse) -> None:
        nonlocal calls
        calls += 1
        if calls > 1:
            again.set()

    async with clock_at(talk) as url, following(url):
        await again.wait()


async def test_once_the_sandbox_has_moved_its_clock_the_clinic_keeps_the_new_time(telegram: Stage) -> None:
    async with following(f"{telegram.telegram.url}/sim/clock/listen") as clock:
        await clock.heard.wait()
        for _ in range(5):
            before = clock.told[-1]
            await telegram.move_clock(hours=1)
            assert clock.told[-1] - before == HOUR
