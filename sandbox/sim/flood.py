"""The routes of the flood model: the switch and its rates."""

from aiohttp import web

from sandbox.world import World


class FloodRoutes:
    def __init__(self, world: World) -> None:
        self._world = world

    def routes(self) -> list[web.RouteDef]:
        return []
