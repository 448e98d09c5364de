"""The doctors of a clinic, the soonest free first."""

from typing import Any

from aiogram_dialog import DialogManager

from core.clinic import Clinic
from core.visits.doctor import DoctorId
from core.visits.questions import doctors_to_book
from dialogs.kit.buttons import back_to, choose_one, tap
from dialogs.kit.phrase import Phrase
from dialogs.kit.screen import Screen
from dialogs.patient.choice import Choice
from dialogs.patient.chosen import PREVIEW, States


async def what_doctors_show(dialog_manager: DialogManager, clinic: Clinic, **surroundings: Any) -> dict[str, Any]:
    doctors = await clinic.read(doctors_to_book, Choice(dialog_manager).clinic)
    return {
        "free": [doctor for doctor in doctors if doctor.first_free is not None],
        "full": [doctor for doctor in doctors if doctor.first_free is None],
    }


def doctor_screen(states: States) -> Screen:
    async def choose_doctor(manager: DialogManager, doctor_id: int) -> None:
        Choice(manager).doctor = DoctorId(doctor_id)
        await manager.switch_to(states.day)

    async def choose_any_doctor(manager: DialogManager) -> None:
        Choice(manager).doctor = None
        await manager.switch_to(states.day)

    return Screen(
        Phrase("Please choose a doctor.\nThe date is the doctor's first free day."),
        tap(Phrase("Any doctor"), "any", choose_any_doctor),
        choose_one(Phrase("{item.first_free:short}, {item.name}"), "doctor", "free", choose_doctor),
        choose_one(Phrase("{item.name}: no free times"), "full", "full", choose_doctor),
        back_to(states.day),
        state=states.doctor,
        getter=what_doctors_show,
        preview_data=PREVIEW,
    )
