"""Times to choose from: of one day, the first free ones, and the nearest to one that somebody else took."""

from typing import Any

from aiogram_dialog import DialogManager
from aiogram_dialog.widgets.kbd import Keyboard, SwitchTo
from aiogram_dialog.widgets.text import Multi

from core.clinic import Clinic
from core.visits.hold_slot import hold_slot
from core.visits.questions import first_free, free_slots, nearest_free, slot_card
from core.visits.slot import SlotId
from dialogs.kit.buttons import OnId, choose_one, pair
from dialogs.kit.phrase import Phrase
from dialogs.kit.screen import Screen
from dialogs.kit.surroundings import clinic_of
from dialogs.patient.choice import Choice
from dialogs.patient.chosen import PREVIEW, States, what_was_chosen


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
    taken = await clinic.read(slot_card, lost)
    return {"lost": taken, "slots": slots, "nothing": not slots, "any_doctor": True}


def time_screens(states: States) -> list[Screen]:
    """One day's times, the first free ones, and what is left near a time that was lost. A tap holds the time."""

    async def choose_slot(manager: DialogManager, slot_id: int) -> None:
        await clinic_of(manager)(hold_slot, SlotId(slot_id))
        Choice(manager).slot = SlotId(slot_id)
        await manager.switch_to(states.confirm)

    return [
        Screen(
            Multi(
                Phrase("Please choose a time: {day:day}"),
                Phrase("Clinic: {clinic_name}"),
                Phrase("Doctor: {doctor_name}", when="one_doctor"),
                Phrase("\nThere are no free times left on this day. Please choose another day.", when="nothing"),
            ),
            _times("time", "{item.starts_at:time}", choose_slot, columns=4, when="one_doctor"),
            _times("any_time", "{item.starts_at:time} {item.surname}", choose_slot, columns=2, when="any_doctor"),
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
            _times("soon", "{item.starts_at:short}, {item.starts_at:time}", choose_slot, when="one_doctor"),
            _soon_with_anybody("any_soon", choose_slot),
            _elsewhere(states, Phrase("Another day")),
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
            _soon_with_anybody("near", choose_slot),
            _elsewhere(states, Phrase("Other times")),
            state=states.taken,
            getter=what_is_near,
            preview_data={**PREVIEW, "any_doctor": True},
        ),
    ]


def is_held(data: dict[str, Any], widget: Any, manager: DialogManager) -> bool:
    return data["slot"].held_until is not None


def is_not_held(data: dict[str, Any], widget: Any, manager: DialogManager) -> bool:
    return data["slot"].held_until is None


def _some(data: dict[str, Any], widget: Any, manager: DialogManager) -> bool:
    return not data["nothing"]


def _times(id: str, label: str, on_choice: OnId, columns: int = 1, when: str | None = None) -> Keyboard:
    return choose_one(Phrase(label), id, "slots", on_choice, columns=columns, when=when)


def _soon_with_anybody(id: str, on_choice: OnId) -> Keyboard:
    label = "{item.starts_at:short}, {item.starts_at:time}, {item.surname}"
    return _times(id, label, on_choice, when="any_doctor")


def _elsewhere(states: States, other_days: Phrase) -> Keyboard:
    return pair(
        SwitchTo(other_days, id="to_day", state=states.day),
        SwitchTo(Phrase("Another doctor"), id="doctor", state=states.doctor),
    )
