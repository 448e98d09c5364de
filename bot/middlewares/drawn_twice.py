"""A screen that was drawn twice, over a kill: whichever of the two is tapped, the answer is where the person looks."""

from collections.abc import Awaitable, Callable
from typing import Any

from aiogram import BaseMiddleware, Bot
from aiogram.types import CallbackQuery, Message, TelegramObject
from aiogram_dialog import ShowMode
from aiogram_dialog.api.entities import OldMessage, Stack
from aiogram_dialog.api.internal import STACK_KEY
from aiogram_dialog.manager.message_manager import MessageManager


class DrawnTwice(BaseMiddleware):
    """An outer middleware, registered after the dialogs' own, on taps.

    The library answers in the message that was tapped. Where a newer one of the same form stands beneath, that one
    takes the answer, and the tapped one goes: it would stand above with live buttons for ever.
    """

    async def __call__(
        self,
        handler: Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]],
        event: TelegramObject,
        data: dict[str, Any],
    ) -> Any:
        tapped = event.message if isinstance(event, CallbackQuery) else None
        stack: Stack | None = data.get(STACK_KEY)
        newest = stack.last_message_id if stack else None
        if not isinstance(tapped, Message) or newest is None or newest == tapped.message_id:
            return await handler(event, data)
        await _take_away(tapped, data["bot"])
        beneath = tapped.model_copy(update={"message_id": newest})
        return await handler(event.model_copy(update={"message": beneath}), data)


async def _take_away(message: Message, bot: Bot) -> None:
    """With what is too old to be deleted, its buttons go."""
    old = OldMessage(message.chat, message.message_id, media_id=None, media_uniq_id=None)
    await MessageManager().remove_kbd(bot, ShowMode.DELETE_AND_SEND, old)
