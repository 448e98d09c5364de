"""Who writes, and in which language we answer: put beside every update before anything else looks at it."""

from typing import Any, Final

from aiogram import BaseMiddleware
from aiogram.enums import ChatType
from aiogram.types import Chat, InaccessibleMessage, TelegramObject, Update, User
from aiogram_dialog.utils import CB_SEP

from bot.intake.receiver import ALLOWED
from bot.middlewares import Handler
from core.clinic import Clinic
from core.identity.greet_chat import greet_chat
from core.identity.hasher import Hasher
from core.identity.person import ChatId
from core.identity.questions import who_calls
from core.identity.sign_up import SignUp
from locales.translator import Translators, choose_language

# By the standard of such tags; an app may say anything.
LONGEST_LANGUAGE: Final = 35


class Surroundings(BaseMiddleware):
    """An outer middleware on updates. Only private chats reach the desk: a group is nobody in particular."""

    def __init__(self, clinic: Clinic, translators: Translators, hasher: Hasher, sign_up: SignUp) -> None:
        self._clinic = clinic.clockwork
        self._translators = translators
        self._hasher = hasher
        self._sign_up = sign_up

    async def __call__(self, handler: Handler, event: TelegramObject, data: dict[str, Any]) -> Any:
        chat: Chat | None = data.get("event_chat")
        user: User | None = data.get("event_from_user")
        if chat is None or user is None or chat.type != ChatType.PRIVATE or not _is_asked_for(event):
            return None
        offered = None if user.language_code is None else user.language_code[:LONGEST_LANGUAGE]
        caller = await self._clinic.read(who_calls, ChatId(chat.id), offered)
        if not caller.known:
            await self._clinic(greet_chat, ChatId(chat.id), offered)
        data["clinic"] = self._clinic.acting_as(caller.person)
        data["speech"] = self._translators.speak(
            choose_language(caller.language), zone=self._clinic.facility.timezone, now=self._clinic.clock.now()
        )
        data["translators"] = self._translators
        data["hasher"] = self._hasher
        data["sign_up"] = self._sign_up
        return await handler(_beside_the_screen(event), data)


def _is_asked_for(event: TelegramObject) -> bool:
    """Of other kinds nobody has looked at the numbers before they were stored."""
    return any(getattr(event, kind, None) is not None for kind in ALLOWED)


def _beside_the_screen(event: TelegramObject) -> TelegramObject:
    """A button under an alert is on no screen: the alert it stands under must not be edited into one."""
    query = event.callback_query if isinstance(event, Update) else None
    if query is None or query.message is None or CB_SEP in (query.data or ""):
        return event
    out_of_reach = InaccessibleMessage(chat=query.message.chat, message_id=query.message.message_id)
    return event.model_copy(update={"callback_query": query.model_copy(update={"message": out_of_reach})})
