"""The calendar of one clinic and one doctor, or any; a day may also be typed."""

from datetime import date
from typing import Any, Final

from aiogram.types import CallbackQuery, Message
from aiogram_dialog import DialogManager, ShowMode
from aiogram_dialog.widgets.kbd import Cancel, SwitchTo
from aiogram_dialog.widgets.text import Multi

from core.clinic import Clinic
from core.visits.questions import booking_horizon, free_days
from dialogs.kit.buttons import pair
from dialogs.kit.calendar import Month, MonthCalendar, month_shown, next_month, turn_to
from dialogs.kit.phrase import Phrase
from dialogs.kit.question import Question
from dialogs.kit.refusals import NothingFreeThatDay
from dialogs.kit.screen import Screen
from dialogs.kit.surroundings import clinic_of
from dialogs.kit.typed_day import read_day
from dialogs.patient.choice import Choice
from dialogs.patient.chosen import PREVIEW, States, what_was_chosen

LONGEST_DAY: Final = 40


async def what_days_show(dialog_manager: DialogManager, clinic: Clinic, **surroundings: Any) -> dict[str, Any]:
    choice = Choice(dialog_manager)
    first, last = await clinic.read(booking_horizon)
    begins = month_shown(dialog_manager, first, last)
    free = await clinic.read(free_days, choice.clinic, choice.doctor, begins, next_month(begins))
    chosen = await what_was_chosen(dialog_manager, clinic)
    return {**chosen, "month": Month(begins, first, last, free)}


def day_screen(states: States, leave: Cancel | SwitchTo) -> Screen:
    """`leave` is the way back from here."""

    async def choose_day(callback: CallbackQuery, manager: DialogManager, day: date) -> None:
        Choice(manager).day = day
        await manager.switch_to(states.slot)

    async def type_day(message: Message, manager: DialogManager, typed: str) -> None:
        clinic, choice = clinic_of(manager), Choice(manager)
        day = read_day(typed, *await clinic.read(booking_horizon))
        turn_to(manager, day)
        if day not in await clinic.read(free_days, choice.clinic, choice.doctor, day, day):
            raise NothingFreeThatDay(day)
        choice.day = day
        await manager.switch_to(states.slot, show_mode=ShowMode.DELETE_AND_SEND)

    return Screen(
        Multi(
            Phrase("Please choose a doctor and a day."),
            Phrase("Clinic: {clinic_name}"),
            Phrase("Doctor: any", when="any_doctor"),
            Phrase("Doctor: {doctor_name}", when="one_doctor"),
            Phrase("\nA dot marks a day without free times. You can also type a date, for example 16.12."),
        ),
        pair(
            SwitchTo(Phrase("First free time"), id="soonest", state=states.soonest),
            SwitchTo(Phrase("Choose a doctor"), id="doctor", state=states.doctor),
        ),
        MonthCalendar("day", choose_day),
        leave,
        Question("typed_day", type_day, LONGEST_DAY),
        state=states.day,
        getter=what_days_show,
        preview_data=PREVIEW,
    )
