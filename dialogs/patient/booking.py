"""Booking (DIAMED-13): clinic, then doctor and day, then a time, then one look at everything."""

from typing import Any, Final

from aiogram_dialog import DialogManager
from aiogram_dialog.widgets.kbd import SwitchTo
from aiogram_dialog.widgets.text import Multi

from core.clinic import Clinic
from core.visits.book_visit import book_visit
from core.visits.outpatient_clinic import ClinicId, OutpatientClinic
from core.visits.questions import clinics_to_book, slot_card
from core.visits.refusals import PatientBusy, SlotPast, SlotTaken
from dialogs.kit.buttons import back, back_to, choose_one, pair, tap
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
from dialogs.states import Booking

PREVIEW: Final = {
    "clinics": [OutpatientClinic(ClinicId(1), "Poradnia ginekologiczno-położnicza", "ul. Zielona 12", "")],
}


async def what_clinics_show(clinic: Clinic, **surroundings: Any) -> dict[str, Any]:
    return {"clinics": await clinic.read(clinics_to_book)}


async def what_is_confirmed(dialog_manager: DialogManager, clinic: Clinic, **surroundings: Any) -> dict[str, Any]:
    return {"slot": await clinic.read(slot_card, Choice(dialog_manager).slot)}


async def choose_clinic(manager: DialogManager, clinic_id: int) -> None:
    Choice(manager).clinic = ClinicId(clinic_id)
    await manager.switch_to(Booking.day)


async def confirm(manager: DialogManager) -> None:
    choice = Choice(manager)
    choice.visit = await clinic_of(manager)(book_visit, choice.slot)
    await manager.switch_to(Booking.booked)


def booking() -> Conversation:
    """A fresh dialog: one a dispatcher."""
    return Conversation(
        Screen(
            Phrase("Please choose a clinic."),
            choose_one(Phrase("{item.name}"), "clinic", "clinics", choose_clinic),
            back(),
            state=Booking.clinic,
            getter=what_clinics_show,
            preview_data=PREVIEW,
        ),
        *choosing_screens(Booking, leave=back_to(Booking.clinic)),
        Screen(
            Multi(
                Phrase(
                    "Please check the details:\nDoctor: {slot.doctor}\nClinic: {slot.clinic}\n"
                    "When: {slot.starts_at:when}\nWhere: {slot.address}\n"
                ),
                Phrase("This time is held for you until {slot.held_until:time}.", when=is_held),
                Phrase("If this time is still free, it is yours with one tap.", when=is_not_held),
            ),
            tap(Phrase("Confirm the booking"), "confirm", confirm),
            pair(
                SwitchTo(Phrase("Another time"), id="time", state=Booking.day),
                tap(Phrase("Menu"), "menu", open_menu),
            ),
            state=Booking.confirm,
            getter=what_is_confirmed,
            preview_data=CHOSEN,
        ),
        Screen(
            Phrase("Your visit is booked.\n{visit.starts_at:when}\n\nThe confirmation comes in a message of its own."),
            pair(
                tap(Phrase("Open the visit"), "card", open_card_beneath),
                tap(Phrase("Menu"), "leave", open_menu_beneath),
            ),
            state=Booking.booked,
            getter=what_came_of_it,
            preview_data=card.PREVIEW,
        ),
        on_start=begin,
        on_refusal={SlotTaken: Booking.taken, SlotPast: Booking.soonest, PatientBusy: Booking.day},
    )
