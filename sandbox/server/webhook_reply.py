"""A call that a bot makes in the answer to an update instead of on its own."""

from typing import Final

from sandbox.bots import Bot
from sandbox.calls.bodies import parameters_of
from sandbox.hearing.webhook_post import Heard
from sandbox.methods import find_method
from sandbox.refusals import Refusal
from sandbox.server.calling import log, run
from sandbox.world import World

UNHEARD_HERE: Final = frozenset({"setwebhook", "deletewebhook", "close", "logout"})


async def run_reply(world: World, bot: Bot, heard: Heard) -> None:
    """Nobody reads the outcome, so that what is wrong with the call is passed over; the log keeps it."""
    try:
        parameters = parameters_of(heard.body, heard.content_type)
        name = parameters.text("method")
        if not name or name.lower() in UNHEARD_HERE or name.lower().startswith("get"):
            return
        method = find_method(name)
    except Refusal:
        return
    log(world, bot, method.name, parameters, await run(world, bot, method, parameters))
