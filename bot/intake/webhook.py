"""The webhook: Telegram calls, an update is stored, and only then the call is answered."""

import asyncio
import hmac
from collections.abc import Sequence
from typing import Final

import structlog
from aiogram import Bot
from aiogram.exceptions import TelegramAPIError
from aiohttp import web

from bot.intake.arrivals import UnusableUpdate
from bot.intake.door import LetIn
from bot.intake.posted_update import NoUpdate, read_update
from bot.intake.webhook_address import Webhook
from bot.pulse import Pulse
from core.errors import DatabaseLost
from core.failpoints import reach

SECRET_HEADER: Final = b"x-telegram-bot-api-secret-token"
MOST_BYTES: Final = 1024 * 1024
BODY_SECONDS: Final = 10.0
COME_AGAIN_SECONDS: Final = 2
CALLS_AT_ONCE: Final = 40
FIRST_PAUSE_SECONDS: Final = 1.0
LONGEST_PAUSE_SECONDS: Final = 60.0
SAY_AGAIN_SECONDS: Final = 600.0


def webhook_routes(webhook: Webhook, let_in: LetIn, pulse: Pulse, patience: float = BODY_SECONDS) -> list[web.RouteDef]:
    """Where Telegram posts updates, one a call; 200 means stored. Who does not know the secret hears nothing more.

    503 asks Telegram to come again. What is no update is refused, and leaves no trace: whoever knows the secret sends
    none. `patience`: seconds in which a body has to arrive.
    """
    secret = webhook.secret.encode()

    async def answer(request: web.Request) -> web.Response:
        if not _knows(request, secret):
            raise web.HTTPForbidden(text="")
        pulse.heard()
        body = await _body_of(request, patience)
        reach("after fetch")
        try:
            await let_in([read_update(body)])
        except (NoUpdate, UnusableUpdate):
            raise web.HTTPBadRequest(text="") from None
        except DatabaseLost:
            raise web.HTTPServiceUnavailable(text="", headers={"Retry-After": str(COME_AGAIN_SECONDS)}) from None
        reach("after inbox")
        return web.Response()

    return [web.post(webhook.path, answer)]


async def announce_webhook(
    bot: Bot, webhook: Webhook, allowed_updates: Sequence[str], pulse: Pulse, again_seconds: float = SAY_AGAIN_SECONDS
) -> None:
    """Until cancelled, see to it that Telegram knows the address; while it does not answer, this tries again.

    Said again now and then, since a process that polls for the same bot takes the address away. What waits at Telegram
    stays there, and saying the same twice changes nothing: every replica may do it.
    """
    pause = FIRST_PAUSE_SECONDS
    while True:
        try:
            await bot.set_webhook(
                webhook.url,
                secret_token=webhook.secret,
                allowed_updates=list(allowed_updates),
                max_connections=CALLS_AT_ONCE,
                drop_pending_updates=False,
            )
        except TelegramAPIError as trouble:
            structlog.get_logger().warning("webhook.trouble", kind=type(trouble).__name__, pause_seconds=pause)
            await asyncio.sleep(pause)
            pause = min(pause * 2, LONGEST_PAUSE_SECONDS)
        else:
            pulse.heard()
            pause = FIRST_PAUSE_SECONDS
            await asyncio.sleep(again_seconds)


def _knows(request: web.Request, secret: bytes) -> bool:
    """One header, and the right one; as bytes, since a header may hold what is no text."""
    given = [value for name, value in request.raw_headers if name.lower() == SECRET_HEADER]
    return len(given) == 1 and hmac.compare_digest(given[0], secret)


async def _body_of(request: web.Request, patience: float) -> bytes:
    """The body, however it is sent; who sends too much, or too slowly, is not heard out."""
    body = bytearray()
    try:
        async with asyncio.timeout(patience):
            async for chunk in request.content.iter_any():
                body += chunk
                if len(body) > MOST_BYTES:
                    raise web.HTTPRequestEntityTooLarge(MOST_BYTES, text="")
    except TimeoutError:
        raise web.HTTPRequestTimeout(text="") from None
    except web.RequestPayloadError:
        raise web.HTTPBadRequest(text="") from None
    return bytes(body)
