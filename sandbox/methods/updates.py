"""Who the bot is, and how it hears by asking."""

from sandbox.hearing.update_kinds import allowed_kinds
from sandbox.methods.call import Call, Run
from sandbox.refusals import WebhookIsActive
from sandbox.wire import Json

LONGEST_POLL_SECONDS = 50
MOST_UPDATES = 100
ABILITIES: Json = {
    "can_join_groups": True,
    "supports_inline_queries": False,
    "can_connect_to_business": False,
    "has_main_web_app": False,
    "has_topics_enabled": False,
}


async def get_me(call: Call) -> object:
    return {**call.bot.user, **ABILITIES, "can_read_all_group_messages": call.bot.reads_all}


async def get_updates(call: Call) -> object:
    parameters, updates = call.parameters, call.bot.updates
    if call.bot.posted_to:
        raise WebhookIsActive
    updates.allowed = allowed_kinds(parameters.values.get("allowed_updates")) or updates.allowed
    limit = parameters.integer("limit", MOST_UPDATES)
    return await updates.take(
        offset=parameters.integer("offset"),
        limit=limit if 1 <= limit <= MOST_UPDATES else MOST_UPDATES,
        seconds=min(parameters.integer("timeout"), LONGEST_POLL_SECONDS),
    )


METHODS: dict[str, Run] = {"getMe": get_me, "getUpdates": get_updates}
