"""Commands work on every screen; what they open lies on the menu, so that there is always a way back."""

from typing import Final

from aiogram import Router
from aiogram.filters import Command
from aiogram.types import Message
from aiogram_dialog import DialogManager, ShowMode

from dialogs.patient import doors
from dialogs.patient.settings import leave
from dialogs.states import ChooseLanguage, Help, Settings

ANEW = ShowMode.DELETE_AND_SEND
IN_PASSING: Final = (Settings, ChooseLanguage, Help)


async def start(message: Message, dialog_manager: DialogManager) -> None:
    await doors.open_menu(dialog_manager, ANEW)


async def book(message: Message, dialog_manager: DialogManager) -> None:
    await doors.lay_menu_beneath(dialog_manager)
    await doors.open_booking(dialog_manager, ANEW)


async def visits(message: Message, dialog_manager: DialogManager) -> None:
    await doors.lay_menu_beneath(dialog_manager)
    await doors.open_visits(dialog_manager, ANEW)


async def settings(message: Message, dialog_manager: DialogManager) -> None:
    await _keep_what_is_open(dialog_manager)
    await doors.open_settings(dialog_manager, ANEW)


async def language(message: Message, dialog_manager: DialogManager) -> None:
    await _keep_what_is_open(dialog_manager)
    await doors.open_languages(dialog_manager, ANEW)


async def help_(message: Message, dialog_manager: DialogManager) -> None:
    await _keep_what_is_open(dialog_manager)
    await doors.open_help(dialog_manager, ANEW)


async def log_out_(message: Message, dialog_manager: DialogManager) -> None:
    await leave(dialog_manager, ANEW)


async def _keep_what_is_open(manager: DialogManager) -> None:
    """What a person looks at in passing makes room for the next such look; the step beneath stays."""
    while manager.has_context() and manager.current_context().state.group in IN_PASSING:
        await manager.mark_closed()
    if not manager.has_context():
        await doors.lay_menu_beneath(manager)


def router() -> Router:
    commands = Router(name="commands")
    for handler, names in (
        (start, ("start", "cancel")),
        (book, ("book",)),
        (visits, ("visits",)),
        (settings, ("settings",)),
        (language, ("language",)),
        (help_, ("help",)),
        (log_out_, ("logout",)),
    ):
        commands.message.register(handler, Command(*names, ignore_case=True))
    return commands
