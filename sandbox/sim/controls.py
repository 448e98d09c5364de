"""The routes that bend the world: faults, the clock, the log, a new beginning, and the stream of changes."""

import contextlib
from datetime import UTC, datetime

from aiohttp import web

from sandbox.sim.asked import Asked, Mistake, answer
from sandbox.world import World

EARLIEST = 0.0
LATEST = datetime(9999, 1, 1, tzinfo=UTC).timestamp()
EVENT_STREAM = {"Content-Type": "text/event-stream", "Cache-Control": "no-store", "X-Accel-Buffering": "no"}


class ControlRoutes:
    def __init__(self, world: World) -> None:
        self._world = world

    async def log(self, request: web.Request) -> web.Response:
        asked = await Asked.of(request, self._world)
        calls = self._world.log.calls(
            after=asked.whole("after") or 0,
            method=asked.text("method"),
            chat=asked.whole("chat"),
            bot=asked.whole("bot"),
            limit=asked.at_least("limit", 0),
        )
        return answer({"calls": [call.as_json() for call in calls]})

    async def clock(self, request: web.Request) -> web.Response:
        return answer(self._world.clock.reading())

    async def move_clock(self, request: web.Request) -> web.Response:
        """Answers when everyone who follows the clock keeps the new time, so that tests need not guess."""
        asked, clock = await Asked.of(request, self._world), self._world.clock
        advance, offset = asked.seconds("advance"), asked.seconds("offset")
        if advance is not None:
            offset = clock.offset + advance
        elif asked.has("set"):
            offset = asked.moment("set").timestamp() - clock.real()
        if offset is None:
            raise Mistake("Say advance or offset in seconds, or set with a date and time.")
        if not EARLIEST <= clock.real() + offset < LATEST:
            raise Mistake("The clock goes from 1970 to 9998.")
        await clock.move(offset)
        self._world.events.changed("clock")
        return answer(clock.reading())

    async def reset(self, request: web.Request) -> web.Response:
        asked = await Asked.of(request, self._world)
        self._world.reset(people=asked.raw("people") is True)
        return answer({})

    async def events(self, request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse(headers=EVENT_STREAM)
        await response.prepare(request)
        async with contextlib.aclosing(self._world.events.stream()) as pieces:
            with contextlib.suppress(ConnectionError):
                async for piece in pieces:
                    await response.write(piece)
        return response
