"""The routes of the payments: paying an invoice, in a chat or behind a link."""

from aiohttp import web

from sandbox.world import World


class PaymentRoutes:
    def __init__(self, world: World) -> None:
        self._world = world

    def routes(self) -> list[web.RouteDef]:
        return []
