"""The routes of the updates: what the bots were told, and how far each has come."""

from collections import deque

from aiohttp import web

from sandbox.sim.asked import Asked, answer, excused
from sandbox.world import World


class UpdateRoutes:
    def __init__(self, world: World) -> None:
        self._world = world

    def routes(self) -> list[web.RouteDef]:
        return [web.get("/sim/updates", excused(self.updates))]

    async def updates(self, request: web.Request) -> web.Response:
        asked = await Asked.of(request, self._world)
        told = self._world.told.updates(
            after=asked.whole("after") or 0, bot=asked.whole("bot"), chat=asked.whole("chat")
        )
        newest = deque(told, maxlen=asked.at_least("limit", 0))
        return answer({"updates": [update.as_json() for update in newest]})
