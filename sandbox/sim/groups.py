"""The routes of the groups: founding one, coming and going, topics, pins."""

from aiohttp import web

from sandbox.world import World


class GroupRoutes:
    def __init__(self, world: World) -> None:
        self._world = world

    def routes(self) -> list[web.RouteDef]:
        return []
