"""Carries alerts into Telegram chats. It only sends: receiving is the other client's business."""

import os
from collections.abc import Callable, Coroutine
from typing import Any

from telegram import InlineKeyboardButton, InlineKeyboardMarkup
from telegram.constants import ParseMode
from telegram.error import BadRequest, Forbidden, InvalidToken, NetworkError, RetryAfter, TelegramError
from telegram.ext import BaseRateLimiter, ExtBot

from core.alerts.pace import Pace
from core.alerts.questions import Letter
from core.facility.profile import FacilityProfile
from core.failpoints import reach
from jobs.courier import Carried, Delivery
from jobs.telegram.request import AiohttpRequest, NeverSent
from jobs.telegram.wording import Message, word
from locales.translator import Translator


class SharedLimiter(BaseRateLimiter[None]):
    """Lets requests go when the shared pace says so."""

    def __init__(self, pace: Pace) -> None:
        self._pace = pace

    async def initialize(self) -> None:
        """Nothing to prepare."""

    async def shutdown(self) -> None:
        """Nothing to stop."""

    async def process_request(
        self,
        callback: Callable[..., Coroutine[Any, Any, Any]],
        args: Any,
        kwargs: dict[str, Any],
        endpoint: str,
        data: dict[str, Any],
        rate_limit_args: None,
    ) -> Any:
        """Wait for a place, send once, and pass a `retry_after` on to everybody."""
        await self._pace.before_alert(int(data.get("chat_id", 0)))
        reach("before send")
        try:
            return await callback(*args, **kwargs)
        except RetryAfter as wait:
            self._pace.pause(_seconds(wait))
            raise


class TelegramCourier:
    def __init__(self, token: str, api_url: str, pace: Pace, facility: FacilityProfile) -> None:
        self._facility = facility
        # Waits as timedeltas, the library's future way: the present one warns at every 429.
        os.environ.setdefault("PTB_TIMEDELTA", "true")
        self._request = AiohttpRequest()
        self._bot: ExtBot[None] = ExtBot(
            token,
            base_url=f"{api_url}/bot",
            base_file_url=f"{api_url}/file/bot",
            request=self._request,
            get_updates_request=self._request,
            rate_limiter=SharedLimiter(pace),
        )

    async def carry(self, letter: Letter, speech: Translator) -> Carried:
        """Word the letter and send it, once."""
        if letter.reader.chat_id is None:
            return Carried(Delivery.BLOCKED)
        return Carried(await self._send(letter.reader.chat_id, word(letter, self._facility, speech)))

    async def _send(self, chat_id: int, message: Message) -> Delivery:
        keyboard = [[InlineKeyboardButton(label, callback_data=data) for label, data in row] for row in message.rows]
        try:
            await self._bot.send_message(
                chat_id, message.html, parse_mode=ParseMode.HTML, reply_markup=InlineKeyboardMarkup(keyboard)
            )
        except (RetryAfter, NeverSent, InvalidToken):
            return Delivery.NOT_YET
        except Forbidden:
            return Delivery.BLOCKED
        except BadRequest:
            return Delivery.REFUSED
        except (NetworkError, TelegramError):
            return Delivery.MAYBE
        reach("after send")
        return Delivery.SENT

    async def close(self) -> None:
        await self._request.shutdown()


def _seconds(wait: RetryAfter) -> float:
    after = wait.retry_after
    return float(after if isinstance(after, int) else after.total_seconds())
