"""Planned visits (DIAMED-14): what lies ahead, and the way to each."""

from typing import Any

from aiogram_dialog import DialogManager
from aiogram_dialog.widgets.text import Multi

from core.clinic import Clinic
from core.visits.questions import planned_visits
from core.visits.visit import VisitId
from dialogs.kit.buttons import back, choose_one, pair, tap
from dialogs.kit.phrase import Phrase, PluralPhrase
from dialogs.kit.screen import Conversation, Screen
from dialogs.patient import visit_card as card
from dialogs.patient.doors import open_booking, open_visit_card
from dialogs.states import Visits


async def what_lies_ahead(clinic: Clinic, **surroundings: Any) -> dict[str, Any]:
    visits = await clinic.read(planned_visits)
    return {"visits": visits, "count": len(visits), "none": not visits, "some": bool(visits)}


async def choose_visit(manager: DialogManager, visit_id: int) -> None:
    await open_visit_card(manager, VisitId(visit_id))


def visits() -> Conversation:
    """A fresh dialog: one a dispatcher."""
    return Conversation(
        Screen(
            Multi(
                Phrase("No visits planned.", when="none"),
                PluralPhrase(
                    "You have {count} planned visit.", "You have {count} planned visits.", by="count", when="some"
                ),
                Phrase("Please choose one to see it, move it or cancel it.", when="some"),
            ),
            choose_one(
                Phrase("{item.starts_at:short}, {item.starts_at:time}, {item.surname}"), "visit", "visits", choose_visit
            ),
            pair(tap(Phrase("Book a visit"), "book", open_booking), back()),
            state=Visits.planned,
            getter=what_lies_ahead,
            preview_data={"visits": [card.PREVIEW["visit"]], "count": 1, "none": False, "some": True},
        )
    )
