"""Updates that are posted to the bot instead of waiting for it."""

import re
from typing import Final

from sandbox.calls.parameters import Parameters
from sandbox.hearing.update_kinds import BY_DEFAULT, allowed_kinds, named
from sandbox.hearing.webhook import Wanted, Webhook, trust_in
from sandbox.hearing.webhook_address import find_endpoint, read_address
from sandbox.methods.call import Call, Run
from sandbox.refusals import BadRequest, TerminatedBySetWebhook
from sandbox.wire import Described, Json

USUAL_CONNECTIONS: Final = 40
MOST_CONNECTIONS: Final = 100
SECRET_CHARACTERS: Final = 256
SECRET: Final = re.compile(r"[A-Za-z0-9_-]*")
CERTIFICATE_BYTES: Final = 3 * 2**20


async def set_webhook(call: Call) -> object:
    """An address that is refused leaves no webhook at all, as on the real server."""
    bot, wanted = call.bot, _wanted(call.parameters)
    if not wanted.url:
        return await delete_webhook(call)
    async with bot.setting_webhook:
        if _is_set(call, wanted):
            _allow(call)
            return Described(True, "Webhook is already set")
        bot.updates.poll.end(TerminatedBySetWebhook())
        await _stop(call)
        url = read_address(wanted.url)
        _require_sound(wanted)
        endpoint = await find_endpoint(url, wanted.fixed_address)
        webhook = Webhook(wanted, endpoint, trust_in(wanted.certificate))
        _allow(call)
        call.world.bots.deliver(bot, webhook)
    return Described(True, "Webhook was set")


async def delete_webhook(call: Call) -> object:
    async with call.bot.setting_webhook:
        was_set = call.bot.delivery is not None
        await _stop(call)
    return Described(True, "Webhook was deleted" if was_set else "Webhook is already deleted")


async def get_webhook_info(call: Call) -> object:
    updates, delivery = call.bot.updates, call.bot.delivery
    told: Json = {"url": "", "has_custom_certificate": False, "pending_update_count": len(updates)}
    if delivery is not None:
        told = delivery.as_telegram()
    if updates.allowed != BY_DEFAULT:
        told["allowed_updates"] = named(updates.allowed)
    return told


def _wanted(parameters: Parameters) -> Wanted:
    connections = parameters.integer("max_connections", USUAL_CONNECTIONS)
    certificate = parameters.upload("certificate")
    return Wanted(
        url=parameters.text("url"),
        secret=parameters.text("secret_token"),
        max_connections=connections if 1 <= connections <= MOST_CONNECTIONS else USUAL_CONNECTIONS,
        fixed_address=parameters.text("ip_address"),
        certificate=certificate.content if certificate is not None else None,
    )


def _is_set(call: Call, wanted: Wanted) -> bool:
    """A certificate is always new."""
    delivery = call.bot.delivery
    if delivery is None or wanted.certificate is not None or call.parameters.flag("drop_pending_updates"):
        return False
    return delivery.webhook.wanted == wanted


def _require_sound(wanted: Wanted) -> None:
    if len(wanted.secret) > SECRET_CHARACTERS:
        raise BadRequest("secret token is too long")
    if SECRET.fullmatch(wanted.secret) is None:
        raise BadRequest("secret token contains unallowed characters")
    if wanted.certificate is not None and len(wanted.certificate) > CERTIFICATE_BYTES:
        raise BadRequest(f"certificate size is too big ({len(wanted.certificate)} bytes)")


async def _stop(call: Call) -> None:
    await call.bot.stop_delivery()
    if call.parameters.flag("drop_pending_updates"):
        call.bot.updates.drop()


def _allow(call: Call) -> None:
    updates = call.bot.updates
    updates.allowed = allowed_kinds(call.parameters.values.get("allowed_updates")) or updates.allowed


METHODS: dict[str, Run] = {
    "setWebhook": set_webhook,
    "deleteWebhook": delete_webhook,
    "getWebhookInfo": get_webhook_info,
}
