"""Who the bot is, and how it hears."""

from sandbox.methods.call import Call, Run
from sandbox.wire import Json

LONGEST_POLL_SECONDS = 50
MOST_UPDATES = 100
ABILITIES: Json = {
    "can_join_groups": True,
    "can_read_all_group_messages": False,
    "supports_inline_queries": False,
    "can_connect_to_business": False,
    "has_main_web_app": False,
}


async def get_me(call: Call) -> object:
    return {**call.bot.user, **ABILITIES}


async def get_updates(call: Call) -> object:
    parameters, updates = call.parameters, call.bot.updates
    if parameters.has("allowed_updates"):
        kinds = parameters.structure("allowed_updates", "allowed_updates")
        updates.allow(frozenset(map(str, kinds)) if isinstance(kinds, list) else frozenset())
    limit = parameters.integer("limit", MOST_UPDATES)
    return await updates.take(
        offset=parameters.integer("offset"),
        limit=limit if 1 <= limit <= MOST_UPDATES else MOST_UPDATES,
        seconds=min(parameters.integer("timeout"), LONGEST_POLL_SECONDS),
    )


async def delete_webhook(call: Call) -> object:
    if call.parameters.flag("drop_pending_updates"):
        call.bot.updates.drop()
    return True


async def get_webhook_info(call: Call) -> object:
    return {"url": "", "has_custom_certificate": False, "pending_update_count": len(call.bot.updates)}


METHODS: dict[str, Run] = {
    "getMe": get_me,
    "getUpdates": get_updates,
    "deleteWebhook": delete_webhook,
    "getWebhookInfo": get_webhook_info,
}
