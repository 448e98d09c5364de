"""The routes of the flood model: the switch and its rates."""

from aiohttp import web

from sandbox.calls.flood import FloodRates
from sandbox.sim.asked import Asked, Mistake, answer, excused
from sandbox.world import World


class FloodRoutes:
    def __init__(self, world: World) -> None:
        self._world = world

    def routes(self) -> list[web.RouteDef]:
        return [
            web.get("/sim/flood", excused(self.flood)),
            web.post("/sim/flood", excused(self.switch)),
        ]

    async def flood(self, request: web.Request) -> web.Response:
        return answer(self._world.flood.as_json())

    async def switch(self, request: web.Request) -> web.Response:
        """What is not named stays as it is."""
        asked, flood = await Asked.of(request, self._world), self._world.flood
        rates = FloodRates(
            per_second=_rate(asked, "per_second", flood.rates.per_second),
            per_chat_second=_rate(asked, "per_chat_second", flood.rates.per_chat_second),
            burst=_rate(asked, "burst", flood.rates.burst),
            per_group_minute=_rate(asked, "per_group_minute", flood.rates.per_group_minute),
            strict=asked.flag("strict", flood.rates.strict),
        )
        flood.switch(on=asked.flag("on", flood.on), rates=rates)
        self._world.events.changed("flood")
        return answer(flood.as_json())


def _rate(asked: Asked, name: str, known: float) -> float:
    rate = asked.number(name)
    if rate is not None and rate <= 0:
        raise Mistake(f"{name} must be above 0.")
    return known if rate is None else rate
