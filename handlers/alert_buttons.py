"""Buttons under alerts: plain data, good for as long as the visit is; the clinic judges each tap anew."""

from typing import Any, Final

from aiogram import Router
from aiogram.filters import Filter
from aiogram.types import CallbackQuery
from aiogram_dialog import DialogManager, ShowMode

from core.identity.person import AccountId, Role
from core.visits.questions import desk_is_open, visit_card
from core.visits.visit import VisitId
from dialogs.kit.marks import may_be_id, read_day_mark
from dialogs.kit.surroundings import clinic_of
from dialogs.patient import doors
from dialogs.patient.asked import Asked
from dialogs.patient.thanks import say_coming_and_thank
from dialogs.states import AccountMade, VisitCard

BENEATH: Final = ShowMode.DELETE_AND_SEND


class AlertButton(Filter):
    """`<kind>:<id>`, or more ids; they go to the handler by these names."""

    def __init__(self, kind: str, *names: str) -> None:
        self._kind = kind
        self._names = names

    async def __call__(self, callback: CallbackQuery) -> bool | dict[str, int]:
        kind, *marks = (callback.data or "").split(":")
        known = kind == self._kind and len(marks) == len(self._names) and all(map(may_be_id, marks))
        return dict(zip(self._names, map(int, marks), strict=True)) if known else False


class ComingButton(Filter):
    """`coming:<day>:<account>`, perhaps with other days behind the first, which the same reminder asked about."""

    async def __call__(self, callback: CallbackQuery) -> bool | dict[str, Any]:
        kind, *marks = (callback.data or "").split(":")
        if kind != "coming" or len(marks) != 2:
            return False
        days, account = marks[0].split("-"), marks[1]
        if not all(map(may_be_id, [*days, account])):
            return False
        return {"days": tuple(days), "account_id": int(account)}


class WithoutData(Filter):
    """A game's button: none of ours, and no dialog can read it."""

    async def __call__(self, callback: CallbackQuery) -> bool:
        return callback.data is None


async def leave_be(callback: CallbackQuery) -> None:
    """An answer all the same, so that nobody sees it wait."""
    await callback.answer()


async def correct_address(callback: CallbackQuery, dialog_manager: DialogManager, account_id: AccountId) -> None:
    """Another address for the login data of a new account; refused once somebody has logged in."""
    await doors.lay_menu_beneath(dialog_manager)
    await doors.open_account_made(dialog_manager, account_id, AccountMade.address, BENEATH)
    await callback.answer()


async def open_visit(callback: CallbackQuery, dialog_manager: DialogManager, visit_id: VisitId) -> None:
    """Beneath the alert, which stays as it is."""
    await doors.lay_menu_beneath(dialog_manager)
    await doors.open_visit_card(dialog_manager, visit_id, BENEATH)
    await callback.answer()


async def move(callback: CallbackQuery, dialog_manager: DialogManager, visit_id: VisitId) -> None:
    """Another time for the visit; its card lies beneath, and is all there is where nothing can be moved any more."""
    clinic = clinic_of(dialog_manager)
    await clinic.read(desk_is_open)
    await doors.lay_visit_card_beneath(dialog_manager, visit_id)
    visit = await clinic.read(visit_card, visit_id)
    if visit.lies_ahead(clinic.clock.now()):
        await doors.open_moving(dialog_manager, visit_id, BENEATH)
    else:
        await dialog_manager.show(BENEATH)
    await callback.answer()


async def cancel(callback: CallbackQuery, dialog_manager: DialogManager, visit_id: VisitId) -> None:
    """The question why, over the visit's card; the card alone where nothing can be cancelled any more."""
    clinic = clinic_of(dialog_manager)
    await clinic.read(desk_is_open)
    await doors.lay_visit_card_beneath(dialog_manager, visit_id)
    await dialog_manager.switch_to(VisitCard.reason)
    visit = await clinic.read(visit_card, visit_id)
    if not visit.lies_ahead(clinic.clock.now()):
        await dialog_manager.switch_to(VisitCard.card)
    await dialog_manager.show(BENEATH)
    await callback.answer()


async def come(
    callback: CallbackQuery, dialog_manager: DialogManager, days: tuple[str, ...], account_id: AccountId
) -> None:
    """The answer to a reminder, in one tap; whoever has to log in first is asked again afterwards."""
    asked = Asked(tuple(map(read_day_mark, days)), account_id)
    reminder = 0 if callback.message is None else callback.message.message_id
    if clinic_of(dialog_manager).person.role is Role.PATIENT:
        await say_coming_and_thank(dialog_manager, asked, reminder)
        return
    await doors.lay_menu_beneath(dialog_manager)
    await doors.open_coming(dialog_manager, asked, reminder, BENEATH)
    await callback.answer()


def router() -> Router:
    buttons = Router(name="alert buttons")
    buttons.callback_query.register(leave_be, WithoutData())
    buttons.callback_query.register(open_visit, AlertButton("visit", "visit_id"))
    buttons.callback_query.register(move, AlertButton("move", "visit_id"))
    buttons.callback_query.register(cancel, AlertButton("cancel", "visit_id"))
    buttons.callback_query.register(come, ComingButton())
    buttons.callback_query.register(correct_address, AlertButton("email", "account_id"))
    return buttons
