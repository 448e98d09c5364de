"""The question of a reminder once more, for whoever had to log in before answering it."""

from datetime import date
from typing import Any

from aiogram_dialog import DialogManager
from aiogram_dialog.widgets.text import List, Multi

from core.clinic import Clinic
from core.errors import NotFound
from core.identity.person import AccountId
from core.visits.questions import planned_visits
from dialogs.kit.buttons import back, pair, tap
from dialogs.kit.phrase import Phrase
from dialogs.kit.screen import Conversation, Screen
from dialogs.patient import visit_card as card
from dialogs.patient.thanks import say_coming_and_thank
from dialogs.states import Coming


def asked_day(manager: DialogManager) -> date:
    """The day that the reminder speaks of."""
    return date.fromordinal(_start(manager)["day"])


def asked_account(manager: DialogManager) -> AccountId:
    """Whom the reminder was for."""
    return AccountId(_start(manager)["account"])


async def what_is_asked(dialog_manager: DialogManager, clinic: Clinic, **surroundings: Any) -> dict[str, Any]:
    """Refuses with NotFound where somebody else has logged in meanwhile."""
    planned = await clinic.read(planned_visits)
    if clinic.person.account != asked_account(dialog_manager):
        raise NotFound
    day = asked_day(dialog_manager)
    visits = [visit for visit in planned if clinic.facility.day_of(visit.starts_at) == day]
    return {"visits": visits, "some": bool(visits), "none": not visits, "day": day}


async def come(manager: DialogManager) -> None:
    await say_coming_and_thank(manager, asked_day(manager), asked_account(manager), _start(manager)["message"])
    await manager.done()


def coming() -> Conversation:
    """A fresh dialog: one a dispatcher."""
    return Conversation(
        Screen(
            Multi(
                Phrase("Will you be able to come?", when="some"),
                Phrase("You have no visit ahead on this day.\n{day:day}", when="none"),
                List(
                    Phrase("{item.starts_at:when}\n{item.doctor}, {item.clinic}\n{item.address}"),
                    items="visits",
                    when="some",
                ),
            ),
            pair(tap(Phrase("I'm coming"), "coming", come, when="some"), back()),
            state=Coming.ask,
            getter=what_is_asked,
            preview_data={
                "visits": [card.PREVIEW["visit"]] * 2,
                "some": True,
                "none": False,
                "day": card.PREVIEW["visit"].starts_at.date(),
            },
        )
    )


def _start(manager: DialogManager) -> dict[str, int]:
    assert isinstance(manager.start_data, dict)
    return manager.start_data
