"""The routes of the fault plan: read, added to, emptied."""

from math import inf

from aiohttp import web

from sandbox.calls.faults import Choice, FaultKind
from sandbox.sim.asked import Asked, Mistake, answer, excused
from sandbox.world import World

ERRORS = range(400, 600)


class FaultRoutes:
    def __init__(self, world: World) -> None:
        self._world = world

    def routes(self) -> list[web.RouteDef]:
        return [
            web.get("/sim/faults", excused(self.faults)),
            web.post("/sim/faults", excused(self.add)),
            web.delete("/sim/faults", excused(self.clear)),
        ]

    async def faults(self, request: web.Request) -> web.Response:
        return answer({"faults": [fault.as_json() for fault in self._world.faults.faults]})

    async def add(self, request: web.Request) -> web.Response:
        asked = await Asked.of(request, self._world)
        method = asked.text("method").lower()
        if not method:
            raise Mistake("Name the method to spoil, or * for every method.")
        try:
            kind = FaultKind(asked.text("kind"))
        except ValueError:
            raise Mistake(f"kind must be one of {', '.join(FaultKind)}.") from None
        code = asked.whole("code")
        if code is not None and code not in ERRORS:
            raise Mistake("code must be between 400 and 599.")
        fault = self._world.faults.add(
            method,
            kind,
            code=code,
            description=asked.text("description"),
            retry_after=asked.at_least("retry_after", 0),
            chat=asked.whole("chat"),
            seconds=max(0.0, asked.seconds("seconds") or 0.0),
            choice=_choice(asked),
        )
        self._world.events.changed("faults")
        return answer({"id": fault.id})

    async def clear(self, request: web.Request) -> web.Response:
        self._world.faults.clear()
        self._world.events.changed("faults")
        return answer({})


def _choice(asked: Asked) -> Choice:
    """Once, unless it is said how often, or when, or which of the calls."""
    often = any(asked.has(name) for name in ("every", "probability", "from", "until"))
    probability = asked.seconds("probability") if asked.has("probability") else 1.0
    if probability is None or not 0 < probability <= 1:
        raise Mistake("probability must be above 0 and at most 1.")
    return Choice(
        times=asked.at_least("times", 1) or (None if often else 1),
        skip=asked.at_least("skip", 0) or 0,
        every=asked.at_least("every", 1) or 1,
        probability=probability,
        seed=asked.whole("seed") or 0,
        begins=asked.moment("from").timestamp() if asked.has("from") else -inf,
        ends=asked.moment("until").timestamp() if asked.has("until") else inf,
    )
