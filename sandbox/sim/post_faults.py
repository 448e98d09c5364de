"""The routes of one fault plan of the post."""

from enum import StrEnum

from aiohttp import web

from sandbox.post.faults import PostFaultPlan
from sandbox.sim.asked import Asked, Mistake, answer
from sandbox.world import World


class PostFaultRoutes:
    """`address` and `number` name the same thing: only what goes there is spoiled."""

    def __init__(self, world: World, plan: PostFaultPlan) -> None:
        self._world = world
        self._plan = plan

    async def all(self, request: web.Request) -> web.Response:
        return answer({"faults": [fault.as_json() for fault in self._plan.faults]})

    async def add(self, request: web.Request) -> web.Response:
        asked = await Asked.of(request, self._world)
        kind, times, skip = self._kind(asked.text("kind")), asked.whole("times"), asked.whole("skip")
        if times is not None and times < 1:
            raise Mistake("times must be 1 or more.")
        if skip is not None and skip < 0:
            raise Mistake("skip must be 0 or more.")
        fault = self._plan.add(
            kind,
            address=asked.text("address") or asked.text("number"),
            times=times or 1,
            skip=skip or 0,
            seconds=asked.seconds("seconds") or 0.0,
        )
        self._world.events.changed("faults")
        return answer({"id": fault.id})

    async def clear(self, request: web.Request) -> web.Response:
        self._plan.clear()
        self._world.events.changed("faults")
        return answer({})

    def _kind(self, name: str) -> StrEnum:
        try:
            return self._plan.kinds(name)
        except ValueError:
            raise Mistake(f"kind must be one of {', '.join(self._plan.kinds)}.") from None
