"""Moving a visit (DIAMED-15): the same choice again, and both times side by side before it happens."""

from typing import Any

from aiogram_dialog import DialogManager
from aiogram_dialog.widgets.kbd import SwitchTo
from aiogram_dialog.widgets.text import Multi

from core.clinic import Clinic
from core.visits.move_visit import move_visit
from core.visits.questions import slot_card, visit_card
from core.visits.refusals import PatientBusy, SlotPast, SlotTaken
from dialogs.kit.buttons import back, pair, tap
from dialogs.kit.phrase import Phrase
from dialogs.kit.screen import Conversation, Screen
from dialogs.kit.surroundings import clinic_of
from dialogs.patient import visit_card as card
from dialogs.patient.choice import Choice
from dialogs.patient.choose_time import is_held, is_not_held
from dialogs.patient.choosing import choosing_screens
from dialogs.patient.chosen import PREVIEW as CHOSEN
from dialogs.patient.chosen import begin
from dialogs.patient.doors import open_menu
from dialogs.patient.outcome import open_card_beneath, open_menu_beneath, what_came_of_it
from dialogs.states import Moving


async def what_changes(dialog_manager: DialogManager, clinic: Clinic, **surroundings: Any) -> dict[str, Any]:
    choice = Choice(dialog_manager)
    return {
        "visit": await clinic.read(visit_card, choice.visit),
        "slot": await clinic.read(slot_card, choice.slot),
    }


async def confirm(manager: DialogManager) -> None:
    choice = Choice(manager)
    await clinic_of(manager)(move_visit, choice.visit, choice.slot)
    await manager.switch_to(Moving.moved)


def moving() -> Conversation:
    """A fresh dialog: one a dispatcher."""
    return Conversation(
        *choosing_screens(Moving, leave=back()),
        Screen(
            Multi(
                Phrase(
                    "Please check the new time:\nDoctor: {slot.doctor}\nClinic: {slot.clinic}\n"
                    "Now: {visit.starts_at:when}\nNew: {slot.starts_at:when}\nWhere: {slot.address}\n"
                ),
                Phrase("This time is held for you until {slot.held_until:time}.", when=is_held),
                Phrase("If this time is still free, it is yours with one tap.", when=is_not_held),
            ),
            tap(Phrase("Move to the new time"), "confirm", confirm),
            pair(
                SwitchTo(Phrase("Another time"), id="time", state=Moving.day),
                tap(Phrase("Menu"), "menu", open_menu),
            ),
            state=Moving.confirm,
            getter=what_changes,
            preview_data={**CHOSEN, **card.PREVIEW},
        ),
        Screen(
            Phrase(
                "Your visit has a new time.\n{visit.starts_at:when}\n\nThe confirmation comes in a message of its own."
            ),
            pair(
                tap(Phrase("Open the visit"), "card", open_card_beneath),
                tap(Phrase("Menu"), "leave", open_menu_beneath),
            ),
            state=Moving.moved,
            getter=what_came_of_it,
            preview_data=card.PREVIEW,
        ),
        on_start=begin,
        on_refusal={SlotTaken: Moving.taken, SlotPast: Moving.soonest, PatientBusy: Moving.day},
    )
