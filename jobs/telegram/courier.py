"""Carries alerts into Telegram chats. It only sends: receiving is the other client's business."""

import os
from collections.abc import Callable, Coroutine
from typing import Any, Final

from telegram.constants import ParseMode
from telegram.error import BadRequest, ChatMigrated, Forbidden, InvalidToken, RetryAfter, TelegramError
from telegram.ext import BaseRateLimiter, ExtBot

from core.alerts.pace import NotSoon, Pace
from core.alerts.questions import Letter
from core.facility.profile import FacilityProfile
from core.failpoints import reach
from jobs.courier import Carried, Delivery
from jobs.telegram.request import AiohttpRequest, NeverSent
from jobs.telegram.wording import word
from locales.translator import Translator

# The same method under a name that the library does not take for its own: what it would make of the answer, object by
# object, costs more than the sending, and nobody looks at it.
SEND: Final = "SendMessage"
# As Telegram numbers them; the library keeps the words alone.
FORBIDDEN: Final = "403"
BAD_REQUEST: Final = "400"


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
        self._harmless = f"{api_url}/bot{token}/getMe"
        self._in_doubt = False
        self._moved: dict[int, int] = {}
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
        message = word(letter, self._facility, speech)
        keyboard = [[{"text": label, "callback_data": data} for label, data in row] for row in message.rows]
        return await self._send(
            letter.reader.chat_id, message.html, parse_mode=ParseMode.HTML, reply_markup={"inline_keyboard": keyboard}
        )

    async def tell(self, chat_id: int, text: str) -> Carried:
        """Plain words to the clinic's own people, once; a group that has become a supergroup is followed there."""
        carried = await self._send(self._moved.get(chat_id, chat_id), text)
        moved = self._moved.get(chat_id)
        if carried.delivery is Delivery.REFUSED and moved is not None:
            return await self._send(moved, text)
        return carried

    async def _send(self, chat_id: int, text: str, **manner: Any) -> Carried:
        """A try is spent only where somebody is at the other end: while Telegram is away nothing becomes uncertain."""
        if self._in_doubt and not await self._request.is_answered(self._harmless):
            return Carried(Delivery.NOT_YET)
        carried = await self._send_once(chat_id, text, **manner)
        self._in_doubt = carried.delivery is Delivery.MAYBE
        return carried

    async def _send_once(self, chat_id: int, text: str, **manner: Any) -> Carried:
        try:
            await self._bot.do_api_request(SEND, {"chat_id": chat_id, "text": text, **manner})
        except (RetryAfter, NeverSent, NotSoon, InvalidToken):
            return Carried(Delivery.NOT_YET)
        except Forbidden:
            return Carried(Delivery.BLOCKED, reason=FORBIDDEN)
        except ChatMigrated as moved:
            self._moved[chat_id] = moved.new_chat_id
            return Carried(Delivery.REFUSED, reason=BAD_REQUEST)
        except BadRequest:
            return Carried(Delivery.REFUSED, reason=BAD_REQUEST)
        except TelegramError:
            return Carried(Delivery.MAYBE)
        reach("after send")
        return Carried(Delivery.SENT)

    async def close(self) -> None:
        await self._request.shutdown()


def _seconds(wait: RetryAfter) -> float:
    after = wait.retry_after
    return float(after if isinstance(after, int) else after.total_seconds())
