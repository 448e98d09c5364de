"""The question of a reminder once more, for whoever had to log in before answering it."""

from typing import Any

from aiogram_dialog import DialogManager
from aiogram_dialog.widgets.text import List, Multi

from core.clinic import Clinic
from core.errors import NotFound
from core.visits.questions import planned_visits
from dialogs.kit.buttons import back, pair, tap
from dialogs.kit.phrase import Phrase
from dialogs.kit.screen import Conversation, Screen
from dialogs.patient import visit_card as card
from dialogs.patient.asked import Asked, asked_in
from dialogs.patient.thanks import say_coming_and_thank
from dialogs.states import Coming


def asked_of(manager: DialogManager) -> Asked:
    """What the reminder asked, and of whom."""
    return asked_in(_start(manager))


async def what_is_asked(dialog_manager: DialogManager, clinic: Clinic, **surroundings: Any) -> dict[str, Any]:
    """Refuses with NotFound where somebody else has logged in meanwhile."""
    planned = await clinic.read(planned_visits)
    asked = asked_of(dialog_manager)
    if clinic.person.account != asked.account_id:
        raise NotFound
    day = asked.day
    visits = [visit for visit in planned if clinic.facility.day_of(visit.starts_at) == day]
    return {"visits": visits, "some": bool(visits), "none": not visits, "day": day}


async def come(manager: DialogManager) -> None:
    await say_coming_and_thank(manager, asked_of(manager), _start(manager)["message"])
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


def _start(manager: DialogManager) -> dict[str, Any]:
    assert isinstance(manager.start_data, dict)
    return manager.start_data
