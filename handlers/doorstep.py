"""Somebody writes, and nothing is open: the menu."""

from aiogram import Router
from aiogram.types import CallbackQuery, Message
from aiogram_dialog import DialogManager, ShowMode

from dialogs.patient import doors


async def any_message(message: Message, dialog_manager: DialogManager) -> None:
    await doors.open_menu(dialog_manager)


async def any_button(callback: CallbackQuery, dialog_manager: DialogManager) -> None:
    await callback.answer()
    await doors.open_menu(dialog_manager, ShowMode.DELETE_AND_SEND)


def router() -> Router:
    doorstep = Router(name="doorstep")
    doorstep.message.register(any_message)
    doorstep.callback_query.register(any_button)
    return doorstep
