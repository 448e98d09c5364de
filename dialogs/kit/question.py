"""A question that is answered by typing."""

import unicodedata
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Any, Final

from aiogram.exceptions import TelegramBadRequest
from aiogram.types import Message
from aiogram_dialog import DialogManager
from aiogram_dialog.api.protocols import DialogProtocol
from aiogram_dialog.widgets.input import BaseInput

from dialogs.kit.refusals import NothingTyped, TextNeeded, TextTooLong

OnAnswer = Callable[[Message, DialogManager, str], Awaitable[Any]]
INVISIBLE: Final = {"Cc", "Cf", "Cs", "Co", "Cn"}
KEPT: Final = "\n\u200d"


class Question(BaseInput):
    """Takes text of 1 to `limit` characters after tidying; refuses stickers, files, emptiness and novels."""

    def __init__(self, id: str, on_answer: OnAnswer, limit: int) -> None:
        super().__init__(id=id)
        self._on_answer = on_answer
        self._limit = limit

    async def process_message(self, message: Message, dialog: DialogProtocol, manager: DialogManager) -> bool:
        await self._on_answer(message, manager, read_answer(message.text, self._limit))
        return True


class PrivateQuestion(Question):
    """Whatever is typed here is for nobody else's eyes: it leaves the chat before anything else happens."""

    async def process_message(self, message: Message, dialog: DialogProtocol, manager: DialogManager) -> bool:
        with suppress(TelegramBadRequest):  # after two days, as after an outage, it can no longer be deleted
            await message.delete()
        return await super().process_message(message, dialog, manager)


def read_answer(typed: str | None, limit: int) -> str:
    """The typed text, composed (NFC), trimmed, without control and direction marks.

    Refuses with TextNeeded, NothingTyped and TextTooLong.
    """
    if typed is None:
        raise TextNeeded
    composed = unicodedata.normalize("NFC", typed)
    text = "".join(sign for sign in composed if sign in KEPT or unicodedata.category(sign) not in INVISIBLE).strip()
    if not text.strip(KEPT):
        raise NothingTyped
    if len(text) > limit:
        raise TextTooLong(limit, len(text))
    return text
