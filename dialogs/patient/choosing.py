"""Doctor, day and time: the screens that booking and moving share."""

from collections.abc import Awaitable, Callable
from datetime import UTC, date, datetime
from typing import Any, Final

from aiogram.types import CallbackQuery, Message
from aiogram_dialog import DialogManager, ShowMode
from aiogram_dialog.widgets.kbd import Cancel, SwitchTo
from aiogram_dialog.widgets.text import Multi

from core.clinic import Clinic
from core.visits.cards import DoctorChoice, SlotCard
from core.visits.doctor import DoctorId
from core.visits.hold_slot import hold_slot
from core.visits.outpatient_clinic import ClinicId
from core.visits.questions import (
    booking_horizon,
    clinic_to_book,
    doctor_to_book,
    doctors_to_book,
    first_free,
    free_days,
    free_slots,
    nearest_free,
    slot_card,
)
from core.visits.slot import SlotId
from dialogs.kit.buttons import back_to, choose_one, pair, tap
from dialogs.kit.calendar import Month, MonthCalendar, month_shown, next_month, turn_to
from dialogs.kit.phrase import Phrase
from dialogs.kit.question import Question
from dialogs.kit.refusals import NothingFreeThatDay
from dialogs.kit.screen import Screen
from dialogs.kit.surroundings import clinic_of
from dialogs.kit.typed_day import read_day
from dialogs.patient.choice import Choice
from dialogs.states import Booking, Moving

States = type[Booking] | type[Moving]
LONGEST_DAY: Final = 40
_AT: Final = datetime(2026, 12, 16, 9, 30, tzinfo=UTC)
_SLOT: Final = SlotCard(
    SlotId(1),
    ClinicId(1),
    DoctorId(1),
    _AT.date(),
    _AT,
    "dr n. med. Aleksandra Wiśniewska-Nowak",
    "Wiśniewska-Nowak",
    "Poradnia ginekologiczno-położnicza",
    "ul. Zielona 12, 00-001 Warszawa, gab. 14",
    _AT,
)
PREVIEW: Final = {
    "clinic_name": _SLOT.clinic,
    "doctor_name": _SLOT.doctor,
    "any_doctor": False,
    "one_doctor": True,
    "day": _SLOT.day,
    "month": Month(date(2026, 12, 1), date(2026, 12, 3), date(2027, 1, 30), frozenset({date(2026, 12, 16)})),
    "slots": [_SLOT],
    "free": [DoctorChoice(DoctorId(1), _SLOT.doctor, _AT)],
    "full": [DoctorChoice(DoctorId(2), _SLOT.doctor, None)],
    "nothing": False,
    "slot": _SLOT,
    "lost": _SLOT,
}


async def what_was_chosen(dialog_manager: DialogManager, clinic: Clinic, **surroundings: Any) -> dict[str, Any]:
    choice = Choice(dialog_manager)
    place = await clinic.read(clinic_to_book, choice.clinic)
    doctor = None if choice.doctor is None else await clinic.read(doctor_to_book, choice.doctor)
    return {
        "clinic_name": place.name,
        "doctor_name": "" if doctor is None else doctor.name,
        "any_doctor": doctor is None,
        "one_doctor": doctor is not None,
    }


async def what_days_show(dialog_manager: DialogManager, clinic: Clinic, **surroundings: Any) -> dict[str, Any]:
    choice = Choice(dialog_manager)
    first, last = await clinic.read(booking_horizon)
    begins = month_shown(dialog_manager, first, last)
    free = await clinic.read(free_days, choice.clinic, choice.doctor, begins, next_month(begins))
    chosen = await what_was_chosen(dialog_manager, clinic)
    return {**chosen, "month": Month(begins, first, last, free)}


async def what_doctors_show(dialog_manager: DialogManager, clinic: Clinic, **surroundings: Any) -> dict[str, Any]:
    doctors = await clinic.read(doctors_to_book, Choice(dialog_manager).clinic)
    return {
        "free": [doctor for doctor in doctors if doctor.first_free is not None],
        "full": [doctor for doctor in doctors if doctor.first_free is None],
    }


async def what_times_show(dialog_manager: DialogManager, clinic: Clinic, **surroundings: Any) -> dict[str, Any]:
    choice = Choice(dialog_manager)
    slots = await clinic.read(free_slots, choice.clinic, choice.doctor, choice.day)
    chosen = await what_was_chosen(dialog_manager, clinic)
    return {**chosen, "day": choice.day, "slots": slots, "nothing": not slots}


async def what_is_soonest(dialog_manager: DialogManager, clinic: Clinic, **surroundings: Any) -> dict[str, Any]:
    choice = Choice(dialog_manager)
    slots = await clinic.read(first_free, choice.clinic, choice.doctor)
    return {**await what_was_chosen(dialog_manager, clinic), "slots": slots, "nothing": not slots}


async def what_is_near(dialog_manager: DialogManager, clinic: Clinic, **surroundings: Any) -> dict[str, Any]:
    lost = Choice(dialog_manager).lost
    slots = await clinic.read(nearest_free, lost)
    return {"lost": await clinic.read(slot_card, lost), "slots": slots, "nothing": not slots}


def choosing_screens(states: States, leave: Cancel | SwitchTo) -> list[Screen]:
    """Day, doctor, times, soonest and taken; `leave` is the way back from the first of them."""

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

    async def choose_doctor(manager: DialogManager, doctor_id: int) -> None:
        Choice(manager).doctor = DoctorId(doctor_id)
        await manager.switch_to(states.day)

    async def choose_any_doctor(manager: DialogManager) -> None:
        Choice(manager).doctor = None
        await manager.switch_to(states.day)

    async def choose_slot(manager: DialogManager, slot_id: int) -> None:
        await clinic_of(manager)(hold_slot, SlotId(slot_id))
        Choice(manager).slot = SlotId(slot_id)
        await manager.switch_to(states.confirm)

    return [
        Screen(
            Multi(
                Phrase("Please choose a doctor and a day."),
                Phrase("Clinic: {clinic_name}"),
                Phrase("Doctor: any", when="any_doctor"),
                Phrase("Doctor: {doctor_name}", when="one_doctor"),
                Phrase("\nA dot marks a day without free times."),
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
        ),
        Screen(
            Phrase("Please choose a doctor.\nThe date is the doctor's first free day."),
            tap(Phrase("Any doctor"), "any", choose_any_doctor),
            choose_one(Phrase("{item.name}, {item.first_free:short}"), "doctor", "free", choose_doctor),
            choose_one(Phrase("{item.name}: no free times"), "full", "full", choose_doctor),
            back_to(states.day),
            state=states.doctor,
            getter=what_doctors_show,
            preview_data=PREVIEW,
        ),
        Screen(
            Multi(
                Phrase("Please choose a time: {day:day}"),
                Phrase("Clinic: {clinic_name}"),
                Phrase("Doctor: {doctor_name}", when="one_doctor"),
                Phrase("\nThere are no free times left on this day. Please choose another day.", when="nothing"),
            ),
            _times("time", Phrase("{item.starts_at:time}"), choose_slot, columns=4, when="one_doctor"),
            _times(
                "any_time", Phrase("{item.starts_at:time} {item.surname}"), choose_slot, columns=2, when="any_doctor"
            ),
            SwitchTo(Phrase("Another day"), id="to_day", state=states.day),
            state=states.slot,
            getter=what_times_show,
            preview_data=PREVIEW,
        ),
        Screen(
            Multi(
                Phrase("The first free times:", when=_some),
                Phrase("There are no free times at present. Please choose another doctor.", when="nothing"),
                Phrase("Clinic: {clinic_name}"),
                Phrase("Doctor: {doctor_name}", when="one_doctor"),
            ),
            _times("soon", Phrase("{item.starts_at:short}, {item.starts_at:time}, {item.surname}"), choose_slot),
            pair(
                SwitchTo(Phrase("Another day"), id="to_day", state=states.day),
                SwitchTo(Phrase("Another doctor"), id="doctor", state=states.doctor),
            ),
            state=states.soonest,
            getter=what_is_soonest,
            preview_data=PREVIEW,
        ),
        Screen(
            Multi(
                Phrase(
                    "This time has just been taken. Your details are saved.\n{lost.starts_at:when}\n{lost.doctor}\n"
                ),
                Phrase("The nearest free times:", when=_some),
                Phrase("There are no free times at present. Please choose another doctor.", when="nothing"),
            ),
            _times("near", Phrase("{item.starts_at:short}, {item.starts_at:time}, {item.surname}"), choose_slot),
            pair(
                SwitchTo(Phrase("Other times"), id="to_day", state=states.day),
                SwitchTo(Phrase("Another doctor"), id="doctor", state=states.doctor),
            ),
            state=states.taken,
            getter=what_is_near,
            preview_data=PREVIEW,
        ),
    ]


def is_held(data: dict[str, Any], widget: Any, manager: DialogManager) -> bool:
    return data["slot"].held_until is not None


def is_not_held(data: dict[str, Any], widget: Any, manager: DialogManager) -> bool:
    return data["slot"].held_until is None


def _some(data: dict[str, Any], widget: Any, manager: DialogManager) -> bool:
    return not data["nothing"]


def _times(
    id: str,
    label: Phrase,
    on_choice: Callable[[DialogManager, int], Awaitable[None]],
    columns: int = 1,
    when: str | None = None,
) -> Any:
    return choose_one(label, id, "slots", on_choice, columns=columns, when=when)
