"""Who writes, and in which language we answer: put beside every update before anything else looks at it."""

from collections.abc import Awaitable, Callable
from typing import Any

from aiogram import BaseMiddleware
from aiogram.enums import ChatType
from aiogram.types import Chat, TelegramObject, User

from core.clinic import Clinic
from core.identity.greet_chat import greet_chat
from core.identity.hasher import Hasher
from core.identity.person import ChatId
from core.identity.questions import who_calls
from locales.translator import Translators, choose_language


class Surroundings(BaseMiddleware):
    """An outer middleware on updates. Only private chats reach the desk: a group is nobody in particular."""

    def __init__(self, clinic: Clinic, translators: Translators, hasher: Hasher) -> None:
        self._clinic = clinic.clockwork
        self._translators = translators
        self._hasher = hasher

    async def __call__(
        self,
        handler: Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]],
        event: TelegramObject,
        data: dict[str, Any],
    ) -> Any:
        chat: Chat | None = data.get("event_chat")
        user: User | None = data.get("event_from_user")
        if chat is None or user is None or chat.type != ChatType.PRIVATE:
            return None
        caller = await self._clinic.read(who_calls, ChatId(chat.id), user.language_code)
        if not caller.known:
            await self._clinic(greet_chat, ChatId(chat.id), user.language_code)
        data["clinic"] = self._clinic.acting_as(caller.person)
        data["speech"] = self._translators.speak(
            choose_language(caller.language), zone=self._clinic.facility.timezone, now=self._clinic.clock.now()
        )
        data["translators"] = self._translators
        data["hasher"] = self._hasher
        return await handler(event, data)
