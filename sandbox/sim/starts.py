"""The routes of the first word: pressing Start, and links that press it with something to carry."""

from aiohttp import web

from sandbox.sim.acts import block, say_text
from sandbox.sim.asked import Asked, Mistake, answer, excused
from sandbox.sim.place import Place
from sandbox.text.deep_links import PAYLOAD, InvoiceLink, StartLink, read_deep_link
from sandbox.wire import Json
from sandbox.world import World


class StartRoutes:
    def __init__(self, world: World) -> None:
        self._world = world

    def routes(self) -> list[web.RouteDef]:
        return [web.post("/sim/start", excused(self.start)), web.get("/sim/links", excused(self.link))]

    async def start(self, request: web.Request) -> web.Response:
        """Where the bot is blocked the button says Restart, and lets it in again."""
        asked = await Asked.of(request, self._world)
        payload = asked.text("payload")
        if payload and PAYLOAD.fullmatch(payload) is None:
            raise Mistake("A payload has 1 to 64 letters of A-Z, a-z, 0-9, _ and -.")
        chat = asked.private_chat()
        block(self._world, chat, blocked=False)
        place = Place(self._world, asked.person(), chat)
        message, told = say_text(place, f"/start {payload}".rstrip())
        self._world.events.changed("people")
        return answer(
            {
                "message_id": message.message_id,
                "update_id": next(iter(told.values()), None),
                "updates": {str(bot): number for bot, number in told.items()},
                "revision": chat.revision,
            }
        )

    async def link(self, request: web.Request) -> web.Response:
        asked = await Asked.of(request, self._world)
        return answer(self._opened(asked.text("url")))

    def _opened(self, url: str) -> Json:
        """A link to a bot that nobody has heard of leads out of the sandbox, as any other address."""
        link = read_deep_link(url)
        if isinstance(link, InvoiceLink):
            return {"kind": "invoice", "slug": link.slug}
        bot = self._bot_named(link) if link is not None else None
        if link is None or bot is None:
            return {"kind": "other"}
        return {"kind": "start", "bot": bot, "payload": link.payload}

    def _bot_named(self, link: StartLink) -> int | None:
        for bot in self._world.bots.by_id.values():
            if str(bot.user.get("username", "")).lower() == link.username.lower():
                return bot.id
        return None
