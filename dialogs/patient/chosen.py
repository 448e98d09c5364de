"""What booking and moving share: what was chosen so far, and what previews show of it."""

from datetime import UTC, date, datetime
from typing import Any, Final

from aiogram_dialog import DialogManager

from core.clinic import Clinic
from core.visits.cards import DoctorChoice, SlotCard
from core.visits.doctor import DoctorId
from core.visits.outpatient_clinic import ClinicId
from core.visits.questions import clinic_to_book, doctor_to_book
from core.visits.slot import SlotId
from dialogs.kit.calendar import Month
from dialogs.patient.choice import Choice
from dialogs.states import Booking, Moving

States = type[Booking] | type[Moving]
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


async def begin(start_data: Any, manager: DialogManager) -> None:
    """Go on from what is known already: another visit's clinic and doctor, the visit that moves."""
    manager.dialog_data.update(start_data or {})


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
