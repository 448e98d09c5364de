"""A refusal becomes words, and leads somewhere: an alert over the screen, or a message with the screen beneath it."""

from collections.abc import Callable
from typing import Any, Final, cast

from aiogram import BaseMiddleware
from aiogram.fsm.state import State
from aiogram.types import CallbackQuery, ErrorEvent, Message, TelegramObject
from aiogram_dialog import DialogManager, ShowMode
from aiogram_dialog.manager.manager import ManagerImpl

from bot.middlewares import Handler
from bot.refusals import facts_of, words_for
from core.errors import NotFound, Refusal
from core.identity.refusals import LogInNeeded, NewPasswordNeeded
from dialogs.kit.screen import Conversation
from dialogs.kit.surroundings import speech_of
from dialogs.patient.doors import open_log_in, open_menu, open_new_password

PROOFS: Final = (LogInNeeded, NewPasswordNeeded)


class Refusals(BaseMiddleware):
    """An inner middleware, registered after the dialogs' own, so that what it changes is saved with the form.

    The screen that returns after a refusal may ask for log-in itself, where the session has ended meanwhile, or for a
    password of one's own.
    """

    def __init__(self, note: Callable[[type[Refusal]], None]) -> None:
        self._note = note

    async def __call__(self, handler: Handler, event: TelegramObject, data: dict[str, Any]) -> Any:
        manager: DialogManager = data["dialog_manager"]
        stood = _standing(manager)
        try:
            return await handler(event, data)
        except Refusal as refusal:
            self._note(type(refusal))
            asked = event.update.event if isinstance(event, ErrorEvent) else event
            try:
                await _answer(refusal, asked, manager, stood)
            except PROOFS as needed:
                await _answer(needed, asked, manager, stood)
            return None


def _standing(manager: DialogManager) -> tuple[list[str], State | None]:
    """What is open, and on which screen."""
    intents = list(manager.current_stack().intents)
    return intents, manager.current_context().state if manager.has_context() else None


async def _answer(
    refusal: Refusal, asked: TelegramObject, manager: DialogManager, stood: tuple[list[str], State | None]
) -> None:
    if isinstance(refusal, PROOFS):
        await _say(refusal, asked, manager, alert=False)
        await _ask_for_proof(refusal, manager, _beneath(asked))
        return
    await _say(refusal, asked, manager, alert=True)
    if isinstance(refusal, NotFound) or not await _step_back(manager, *stood):
        await open_menu(manager, _beneath(asked))
        return
    led = _lead(refusal, manager)
    if led or isinstance(asked, Message):
        await manager.show(_beneath(asked))


async def _ask_for_proof(
    refusal: LogInNeeded | NewPasswordNeeded, manager: DialogManager, show_mode: ShowMode | None
) -> None:
    """The screen that asks says why; where it leads back to stays open beneath."""
    if isinstance(refusal, NewPasswordNeeded):
        await open_new_password(manager, show_mode)
    else:
        await open_log_in(manager, refusal.session_ended, show_mode)


async def _say(refusal: Refusal, asked: TelegramObject, manager: DialogManager, *, alert: bool) -> None:
    words = words_for(refusal, speech_of(manager))
    if isinstance(asked, CallbackQuery):
        await asked.answer(words if alert else None, show_alert=alert)
    elif isinstance(asked, Message) and not isinstance(refusal, PROOFS):
        await asked.answer(words)


async def _step_back(manager: DialogManager, intents: list[str], state: State | None) -> bool:
    """Undo what the handler opened or switched before it was refused; whether anything is open afterwards."""
    while len(manager.current_stack().intents) > len(intents):
        await manager.mark_closed()
    if manager.current_stack().intents != intents or state is None:
        return manager.has_context()
    manager.current_context().state = state
    return True


def _lead(refusal: Refusal, manager: DialogManager) -> bool:
    """Go where the dialog says that this refusal leads, the facts travelling along."""
    dialog = cast(ManagerImpl, manager).dialog()
    target = dialog.on_refusal.get(type(refusal)) if isinstance(dialog, Conversation) else None
    if target is None:
        return False
    manager.dialog_data["refused"] = {
        name: fact for name, fact in facts_of(refusal).items() if isinstance(fact, int | str)
    }
    manager.current_context().state = target
    return True


def _beneath(asked: TelegramObject) -> ShowMode | None:
    """After a message of the person's, or a button under an alert, the screen comes anew, at the end of the chat."""
    above = isinstance(asked, Message) or (isinstance(asked, CallbackQuery) and not isinstance(asked.message, Message))
    return ShowMode.DELETE_AND_SEND if above else None
