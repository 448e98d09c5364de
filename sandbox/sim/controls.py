"""The routes that bend the world: faults, the clock, the log, a new beginning, and the stream of changes."""

import contextlib

from aiohttp import web

from sandbox.faults import FaultKind
from sandbox.sim.asked import LONGEST_WAIT_SECONDS, Asked, Mistake, answer
from sandbox.world import World

EVENT_STREAM = {"Content-Type": "text/event-stream", "Cache-Control": "no-store", "X-Accel-Buffering": "no"}


class ControlRoutes:
    def __init__(self, world: World) -> None:
        self._world = world

    async def bots(self, request: web.Request) -> web.Response:
        """With a timeout, waits until a bot listens: a person may write to it now and be heard at once."""
        asked, bots = await Asked.of(request, self._world), self._world.bots
        await bots.poll_began.wait_until(bots.polled, min(asked.seconds("timeout") or 0.0, LONGEST_WAIT_SECONDS))
        return answer({"bots": [{**bot.user, "polling": bot.updates.polled} for bot in bots.by_id.values()]})

    async def faults(self, request: web.Request) -> web.Response:
        return answer({"faults": [fault.as_json() for fault in self._world.faults.faults]})

    async def add_fault(self, request: web.Request) -> web.Response:
        asked = await Asked.of(request, self._world)
        method = asked.text("method").lower()
        if not method:
            raise Mistake("Name the method to spoil, or * for every method.")
        try:
            kind = FaultKind(asked.text("kind"))
        except ValueError:
            raise Mistake(f"kind must be one of {', '.join(FaultKind)}.") from None
        times, skip = asked.whole("times"), asked.whole("skip")
        if times is not None and times < 1:
            raise Mistake("times must be 1 or more.")
        if skip is not None and skip < 0:
            raise Mistake("skip must be 0 or more.")
        fault = self._world.faults.add(
            method,
            kind,
            code=asked.whole("code"),
            description=asked.text("description"),
            retry_after=asked.whole("retry_after"),
            times=times or 1,
            skip=skip or 0,
            chat=asked.whole("chat"),
            seconds=asked.seconds("seconds") or 0.0,
        )
        self._world.events.changed("faults")
        return answer({"id": fault.id})

    async def clear_faults(self, request: web.Request) -> web.Response:
        self._world.faults.clear()
        self._world.events.changed("faults")
        return answer({})

    async def log(self, request: web.Request) -> web.Response:
        asked = await Asked.of(request, self._world)
        calls = self._world.log.calls(
            after=asked.whole("after") or 0, method=asked.text("method"), chat=asked.whole("chat")
        )
        return answer({"calls": [call.as_json() for call in calls]})

    async def clock(self, request: web.Request) -> web.Response:
        return answer(self._world.clock.reading())

    async def move_clock(self, request: web.Request) -> web.Response:
        """Answers when everyone who follows the clock keeps the new time, so that tests need not guess."""
        asked, clock = await Asked.of(request, self._world), self._world.clock
        advance, offset = asked.seconds("advance"), asked.seconds("offset")
        if advance is not None:
            await clock.advance(advance)
        elif offset is not None:
            await clock.move(offset)
        elif asked.has("set"):
            await clock.set_to(asked.moment("set"))
        else:
            raise Mistake("Say advance or offset in seconds, or set with a date and time.")
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
