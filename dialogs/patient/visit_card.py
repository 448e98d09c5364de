"""The card of a visit, its preparation, and cancelling it with a reason (DIAMED-15)."""

from datetime import UTC, datetime
from typing import Any, Final

from aiogram.types import Message
from aiogram_dialog import DialogManager, ShowMode
from aiogram_dialog.widgets.kbd import SwitchTo
from aiogram_dialog.widgets.text import Multi

from core.clinic import Clinic
from core.visits.cancel_visit import cancel_visit
from core.visits.cards import VisitCard as Card
from core.visits.doctor import DoctorId
from core.visits.outpatient_clinic import ClinicId
from core.visits.questions import desk_is_open, visit_card
from core.visits.slot import SlotId
from core.visits.visit import REASON_LIMIT, VisitId, VisitStatus
from dialogs.kit.buttons import back, back_to, pair, tap
from dialogs.kit.phrase import Phrase
from dialogs.kit.question import Question
from dialogs.kit.screen import Conversation, Screen
from dialogs.kit.surroundings import clinic_of
from dialogs.patient.calendar_document import send_calendar_file
from dialogs.patient.doors import open_booking_again, open_menu, open_moving
from dialogs.states import VisitCard
from locales.marks import N_

STATUS_WORDS: Final = {
    VisitStatus.REQUESTED: N_("Request sent"),
    VisitStatus.PROPOSED: N_("Time proposed"),
    VisitStatus.CONFIRMED: N_("Confirmed"),
    VisitStatus.ARRIVED: N_("Checked in"),
    VisitStatus.COMPLETED: N_("Completed"),
    VisitStatus.CANCELLED: N_("Cancelled"),
    VisitStatus.MISSED: N_("Did not take place"),
}
PREVIEW: Final[dict[str, Any]] = {
    "visit": Card(
        VisitId(1),
        SlotId(1),
        ClinicId(1),
        DoctorId(1),
        datetime(2026, 12, 16, 9, 30, tzinfo=UTC),
        datetime(2026, 12, 16, 10, 0, tzinfo=UTC),
        "dr n. med. Aleksandra Wiśniewska-Nowak",
        "Wiśniewska-Nowak",
        "Poradnia ginekologiczno-położnicza",
        "ul. Zielona 12, 00-001 Warszawa, gab. 14",
        "Proszę zabrać wyniki ostatnich badań.",
        VisitStatus.CONFIRMED,
        1,
    ),
    "status": STATUS_WORDS[VisitStatus.CONFIRMED],
    "ahead": True,
    "prepared": True,
    "coming": True,
    "reason": "Nie mogę przyjść",
}


def opened_visit(manager: DialogManager) -> VisitId:
    """The visit this dialog was opened for."""
    assert isinstance(manager.start_data, dict)
    return VisitId(int(manager.start_data["visit"]))


async def what_card_shows(dialog_manager: DialogManager, clinic: Clinic, **surroundings: Any) -> dict[str, Any]:
    visit = await clinic.read(visit_card, opened_visit(dialog_manager))
    ahead = visit.lies_ahead(clinic.clock.now())
    return {
        "visit": visit,
        "status": STATUS_WORDS[visit.status],
        "ahead": ahead,
        "coming": ahead and visit.coming_at is not None,
        "prepared": bool(visit.preparation),
        "reason": dialog_manager.dialog_data.get("reason"),
    }


async def move(manager: DialogManager) -> None:
    await open_moving(manager, opened_visit(manager))


async def add_to_calendar(manager: DialogManager) -> None:
    await send_calendar_file(manager, opened_visit(manager))


async def ask_reason(manager: DialogManager) -> None:
    await clinic_of(manager).read(desk_is_open)
    await manager.switch_to(VisitCard.reason)


async def keep_reason(message: Message, manager: DialogManager, reason: str) -> None:
    manager.dialog_data["reason"] = reason
    await manager.switch_to(VisitCard.confirm_cancel, show_mode=ShowMode.DELETE_AND_SEND)


async def skip_reason(manager: DialogManager) -> None:
    manager.dialog_data.pop("reason", None)
    await manager.switch_to(VisitCard.confirm_cancel)


async def cancel(manager: DialogManager) -> None:
    await clinic_of(manager)(cancel_visit, opened_visit(manager), manager.dialog_data.get("reason"))
    await manager.switch_to(VisitCard.cancelled)


async def book_again(manager: DialogManager) -> None:
    visit = await clinic_of(manager).read(visit_card, opened_visit(manager))
    await open_booking_again(manager, visit.clinic_id, visit.doctor_id)


def visit_card_dialog() -> Conversation:
    """A fresh dialog: one a dispatcher."""
    shown: dict[str, Any] = {"getter": what_card_shows, "preview_data": PREVIEW}
    return Conversation(
        Screen(
            Multi(
                Phrase(
                    "{visit.starts_at:when}\n{visit.doctor}, {visit.clinic}\n{visit.address}\n\n"
                    "Status of the visit: {status:words}"
                ),
                Phrase("You told us that you are coming.", when="coming"),
            ),
            pair(
                tap(Phrase("Move"), "move", move, when="ahead"),
                tap(Phrase("Cancel the visit"), "cancel", ask_reason, when="ahead"),
                SwitchTo(Phrase("How to prepare"), id="prepare", state=VisitCard.preparation, when="prepared"),
                tap(Phrase("Add to calendar"), "calendar", add_to_calendar, when="ahead"),
                back(),
            ),
            state=VisitCard.card,
            **shown,
        ),
        Screen(
            Phrase("How to prepare\n{visit.clinic}\n\n{visit.preparation}"),
            back_to(VisitCard.card),
            state=VisitCard.preparation,
            **shown,
        ),
        Screen(
            Phrase(
                "May we ask why?\nYou can type a few words, or go on without: this is up to you.\n\n"
                "{visit.starts_at:when}\n{visit.doctor}"
            ),
            pair(tap(Phrase("Without a reason"), "skip", skip_reason), back_to(VisitCard.card)),
            Question("reason", keep_reason, REASON_LIMIT),
            state=VisitCard.reason,
            **shown,
        ),
        Screen(
            Multi(
                Phrase("Cancel this visit?\n{visit.starts_at:when}\n{visit.doctor}"),
                Phrase("\nReason: {reason}", when="reason"),
            ),
            tap(Phrase("Yes, cancel the visit"), "yes", cancel),
            SwitchTo(Phrase("Keep the visit"), id="keep", state=VisitCard.card),
            state=VisitCard.confirm_cancel,
            **shown,
        ),
        Screen(
            Phrase(
                "The visit is cancelled.\n{visit.starts_at:when}\n{visit.doctor}\n\nShall we look for another time?"
            ),
            pair(tap(Phrase("Another time"), "again", book_again), tap(Phrase("Menu"), "menu", open_menu)),
            state=VisitCard.cancelled,
            **shown,
        ),
    )
