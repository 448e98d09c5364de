"""Buttons of windows that are gone: closed, renamed, or left behind by a newer one."""

from aiogram import Router
from aiogram.filters import ExceptionTypeFilter
from aiogram.types import CallbackQuery, ErrorEvent, Message
from aiogram_dialog import DialogManager, ShowMode
from aiogram_dialog.api.exceptions import OutdatedIntent, UnknownIntent, UnknownState

from dialogs.kit.surroundings import speech_of
from dialogs.patient import doors


async def old_button(error: ErrorEvent, dialog_manager: DialogManager) -> None:
    """A double tap keeps the screen; with nothing open comes the menu.

    A button further up, or words in reply to a screen further up, bring the screen down.
    """
    asked = error.update.event
    if not dialog_manager.has_context():
        await closed_screen(error, dialog_manager)
        return
    if isinstance(asked, Message):
        await dialog_manager.show(ShowMode.DELETE_AND_SEND)
        return
    on_screen = dialog_manager.current_stack().last_message_id
    if isinstance(asked, CallbackQuery):
        await asked.answer()
        if asked.message is not None and asked.message.message_id != on_screen:
            await dialog_manager.show(ShowMode.SEND)


async def closed_screen(error: ErrorEvent, dialog_manager: DialogManager) -> None:
    """The menu, and a word about why."""
    asked = error.update.event
    if isinstance(asked, CallbackQuery):
        await asked.answer(speech_of(dialog_manager).say("This screen is closed. Here is the menu."))
    await doors.open_menu(dialog_manager, ShowMode.DELETE_AND_SEND if isinstance(asked, Message) else None)


def router() -> Router:
    stale = Router(name="stale windows")
    stale.errors.register(old_button, ExceptionTypeFilter(UnknownIntent, OutdatedIntent))
    stale.errors.register(closed_screen, ExceptionTypeFilter(UnknownState))
    return stale
