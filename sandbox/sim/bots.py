"""The routes of the bots: who they are, and how each one hears."""

import re
from typing import Final

from aiohttp import web

from sandbox.bots import Bot
from sandbox.sim.asked import LONGEST_WAIT_SECONDS, Asked, Mistake, answer, excused
from sandbox.wire import Json
from sandbox.world import World

USERNAME: Final = re.compile(r"[A-Za-z][A-Za-z0-9_]{1,28}bot", re.IGNORECASE)
BOT_ID: Final = range(10**4, 10**16)
NAME_CHARACTERS: Final = 64


class BotRoutes:
    def __init__(self, world: World) -> None:
        self._world = world

    def routes(self) -> list[web.RouteDef]:
        return [
            web.get("/sim/bots", excused(self.bots)),
            web.post("/sim/bots", excused(self.name)),
        ]

    async def bots(self, request: web.Request) -> web.Response:
        """With a timeout, waits until a bot listens: a person may write to it now and be heard at once."""
        asked, bots = await Asked.of(request, self._world), self._world.bots
        await bots.poll_began.wait_until(bots.heard, min(asked.seconds("timeout") or 0.0, LONGEST_WAIT_SECONDS))
        return answer({"bots": [_shown(bot) for bot in bots.by_id.values()]})

    async def name(self, request: web.Request) -> web.Response:
        """Also before the bot's first call."""
        asked = await Asked.of(request, self._world)
        bot_id, first_name, username = asked.whole("id"), asked.text("first_name"), asked.text("username")
        if bot_id is None or bot_id not in BOT_ID:
            raise Mistake("id must be the number at the front of a bot's token.")
        if len(first_name) > NAME_CHARACTERS:
            raise Mistake(f"first_name must have {NAME_CHARACTERS} letters or fewer.")
        if username:
            self._require_free(username, bot_id)
        bot = self._world.bots.of_id(bot_id)
        bot.user = {
            **bot.user,
            "first_name": first_name or bot.user["first_name"],
            "username": username or bot.user["username"],
        }
        if asked.raw("reads_all") is not None:
            bot.reads_all = asked.raw("reads_all") is True
        self._world.events.changed("people")
        return answer({"bot": _shown(bot)})

    def _require_free(self, username: str, bot_id: int) -> None:
        if USERNAME.fullmatch(username) is None:
            raise Mistake("username must be Latin letters, digits and _, and end in bot.")
        for bot in self._world.bots.by_id.values():
            if bot.id != bot_id and str(bot.user["username"]).lower() == username.lower():
                raise Mistake(f"{username} is another bot's name.")


def _shown(bot: Bot) -> Json:
    return {
        **bot.user,
        "reads_all": bot.reads_all,
        "polling": bot.updates.poll.open,
        "webhook": bot.delivery.as_json() if bot.delivery is not None else None,
    }
