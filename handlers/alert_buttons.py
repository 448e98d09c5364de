"""Buttons under alerts: plain data, good for as long as the visit is; the clinic judges each tap anew."""

from typing import Final

from aiogram import Router
from aiogram.filters import Filter
from aiogram.types import CallbackQuery
from aiogram_dialog import DialogManager, ShowMode

from core.visits.visit import VisitId
from dialogs.kit.marks import may_be_id
from dialogs.patient import doors

VISIT: Final = "visit"


class VisitButton(Filter):
    """`visit:<id>`; the id goes to the handler."""

    async def __call__(self, callback: CallbackQuery) -> bool | dict[str, VisitId]:
        kind, _, number = (callback.data or "").partition(":")
        known = kind == VISIT and may_be_id(number)
        return {"visit_id": VisitId(int(number))} if known else False


async def open_visit(callback: CallbackQuery, dialog_manager: DialogManager, visit_id: VisitId) -> None:
    """Beneath the alert, which stays as it is."""
    await doors.lay_menu_beneath(dialog_manager)
    await doors.open_visit_card(dialog_manager, visit_id, ShowMode.DELETE_AND_SEND)
    await callback.answer()


def router() -> Router:
    buttons = Router(name="alert buttons")
    buttons.callback_query.register(open_visit, VisitButton())
    return buttons
