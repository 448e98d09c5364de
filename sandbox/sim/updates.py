"""The routes of the updates: what the bots were told, and how far each has come."""

from aiohttp import web

from sandbox.world import World


class UpdateRoutes:
    def __init__(self, world: World) -> None:
        self._world = world

    def routes(self) -> list[web.RouteDef]:
        return []
