"""A screen that was drawn twice, over a kill: whichever of the two is tapped, the answer is where the person looks."""

from contextlib import suppress
from typing import Any

from aiogram import BaseMiddleware, Bot
from aiogram.exceptions import TelegramBadRequest
from aiogram.types import CallbackQuery, Message, TelegramObject
from aiogram_dialog.api.entities import Stack
from aiogram_dialog.api.internal import STACK_KEY

from bot.middlewares import Handler


class DrawnTwice(BaseMiddleware):
    """An outer middleware, registered after the dialogs' own, on taps.

    The library answers in the message that was tapped. Where a newer one of the same form stands beneath, that one
    takes the answer, and the tapped one goes: it would stand above with live buttons for ever.
    """

    async def __call__(self, handler: Handler, event: TelegramObject, data: dict[str, Any]) -> Any:
        tapped = event.message if isinstance(event, CallbackQuery) else None
        stack: Stack | None = data.get(STACK_KEY)
        newest = stack.last_message_id if stack else None
        if not isinstance(tapped, Message) or newest is None or newest == tapped.message_id:
            return await handler(event, data)
        bot: Bot = data["bot"]
        with suppress(TelegramBadRequest):  # after two days it can no longer be deleted
            await bot.delete_message(tapped.chat.id, tapped.message_id)
        beneath = tapped.model_copy(update={"message_id": newest})
        return await handler(event.model_copy(update={"message": beneath}), data)
