"""After a booking or a move: the confirmation stands below the screen, and what comes next belongs below it."""

from typing import Any

from aiogram_dialog import DialogManager, ShowMode

from core.clinic import Clinic
from core.visits.questions import visit_card
from dialogs.patient.choice import Choice
from dialogs.patient.doors import lay_menu_beneath, open_menu, open_visit_card


async def what_came_of_it(dialog_manager: DialogManager, clinic: Clinic, **surroundings: Any) -> dict[str, Any]:
    return {"visit": await clinic.read(visit_card, Choice(dialog_manager).visit)}


async def open_card_beneath(manager: DialogManager) -> None:
    visit_id = Choice(manager).visit
    await lay_menu_beneath(manager)
    await open_visit_card(manager, visit_id, ShowMode.DELETE_AND_SEND)


async def open_menu_beneath(manager: DialogManager) -> None:
    await open_menu(manager, ShowMode.DELETE_AND_SEND)
