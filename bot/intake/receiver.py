"""Long polling: a batch is stored before it is acknowledged."""

import asyncio
from contextlib import suppress
from typing import Any, Final

import aiohttp
import structlog
from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.exceptions import TelegramAPIError

from bot.intake.arrivals import UnusableUpdate, chat_of
from bot.intake.door import LetIn
from bot.pulse import Pulse
from core.errors import DatabaseLost
from core.failpoints import reach
from core.intake.seat import Seat
from core.lock import Lock

POLL_SECONDS: Final = 25
BATCH: Final = 100
STAND_BY_SECONDS: Final = 1.0
ALLOWED: Final = ["message", "callback_query", "my_chat_member"]
FIRST_PAUSE_SECONDS: Final = 0.5
LONGEST_PAUSE_SECONDS: Final = 30.0
TROUBLES: Final = (aiohttp.ClientError, asyncio.TimeoutError, DatabaseLost, ValueError)


class PollRefused(ValueError):
    """Telegram answered, but not with updates; the text is its error code."""


class WebhookInTheWay(PollRefused):
    """Telegram sends this bot's updates to an address; it hands out none until that address is forgotten."""


class Receiver:
    """Asks for updates for ever; the next question acknowledges what the database has kept."""

    def __init__(self, bot: Bot, session: AiohttpSession, let_in: LetIn, pulse: Pulse, seat: Seat, alone: Lock) -> None:
        self._bot = bot
        self._session = session
        self._let_in = let_in
        self._pulse = pulse
        self._seat = seat
        self._alone = alone
        self._offset: int | None = None
        self._heard = False

    async def run(self) -> None:
        """Until cancelled. Trouble on the line or in the database is waited out; nothing is skipped.

        Of several processes one asks, as long as it lives; the others stand by.
        """
        try:
            await self._run()
        finally:
            await self._alone.let_go()

    async def _run(self) -> None:
        pause = FIRST_PAUSE_SECONDS
        while True:
            try:
                await self._stand_by()
                await self._poll()
                pause = FIRST_PAUSE_SECONDS
            except WebhookInTheWay:
                await self._forget_webhook()
            except TROUBLES as trouble:
                code = str(trouble) if isinstance(trouble, PollRefused) else None
                structlog.get_logger().warning(
                    "poll.trouble", kind=type(trouble).__name__, status=code, pause_seconds=pause
                )
                await asyncio.sleep(pause)
                pause = min(pause * 2, LONGEST_PAUSE_SECONDS)

    async def _stand_by(self) -> None:
        """Until nobody else asks for updates, and this process has a seat to work on them."""
        while not (await self._alone.take() and self._seat.number is not None):
            # Numbers may have begun anew by the time we ask again.
            self._offset, self._heard = None, False
            self._pulse.stands_by()
            await asyncio.sleep(STAND_BY_SECONDS)

    async def _poll(self) -> None:
        updates = await self._get_updates()
        self._heard = True
        self._pulse.heard()
        if not updates:
            return
        reach("after fetch")
        await self._let_in([update for update in updates if self._is_usable(update)])
        reach("after inbox")
        self._offset = max(update["update_id"] for update in updates) + 1

    def _is_usable(self, update: dict[str, Any]) -> bool:
        """One that nobody could file must not hold up the others for ever."""
        try:
            chat_of(update)
        except UnusableUpdate as fault:
            structlog.get_logger().error("poll.unusable", what=str(fault))
            return False
        return True

    async def _get_updates(self) -> list[dict[str, Any]]:
        """The raw batch: what we do not understand today is stored all the same."""
        # The first question wants an answer at once: whether we are heard should not take an idle night to know.
        patience = POLL_SECONDS if self._heard else 0
        question: dict[str, Any] = {"timeout": patience, "limit": BATCH, "allowed_updates": ALLOWED}
        if self._offset is not None:
            question["offset"] = self._offset
        http = await self._session.create_session()
        url = self._session.api.api_url(self._bot.token, "getUpdates")
        longest = aiohttp.ClientTimeout(total=POLL_SECONDS + 15)
        async with http.post(url, json=question, timeout=longest) as response:
            envelope = await response.json(content_type=None)
        if not isinstance(envelope, dict):
            raise PollRefused("no envelope")
        if not envelope.get("ok"):
            refused = WebhookInTheWay if "webhook is active" in str(envelope.get("description")) else PollRefused
            raise refused(str(envelope.get("error_code")))
        updates: list[dict[str, Any]] = envelope["result"]
        return updates

    async def _forget_webhook(self) -> None:
        """Whoever starts polling wants to poll. What waits at Telegram stays there and comes with the next batch."""
        structlog.get_logger().warning("poll.webhook_removed")
        with suppress(TelegramAPIError):
            await self._bot.delete_webhook(drop_pending_updates=False)
