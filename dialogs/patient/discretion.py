"""Discreet wording: what a glance at somebody's phone may tell."""

from typing import Any

from aiogram_dialog import DialogManager
from aiogram_dialog.widgets.text import Multi

from core.clinic import Clinic
from core.identity.choose_discretion import choose_discretion
from core.identity.questions import own_settings
from dialogs.kit.buttons import back_to, tap
from dialogs.kit.phrase import Phrase
from dialogs.kit.screen import Screen
from dialogs.kit.surroundings import clinic_of
from dialogs.states import Settings


async def what_discretion_shows(clinic: Clinic, **surroundings: Any) -> dict[str, Any]:
    discreet = (await clinic.read(own_settings)).discreet
    return {"on": discreet, "off": not discreet}


async def turn_on(manager: DialogManager) -> None:
    await clinic_of(manager)(choose_discretion, True)
    await manager.switch_to(Settings.main)


async def turn_off(manager: DialogManager) -> None:
    await clinic_of(manager)(choose_discretion, False)
    await manager.switch_to(Settings.main)


def discretion() -> Screen:
    return Screen(
        Multi(
            Phrase("Discreet wording: on", when="on"),
            Phrase("Discreet wording: off", when="off"),
            Phrase("\nWith it, our messages tell the time alone: neither doctor, nor clinic, nor place."),
        ),
        tap(Phrase("Turn discreet wording on"), "turn_on", turn_on, when="off"),
        tap(Phrase("Turn discreet wording off"), "turn_off", turn_off, when="on"),
        back_to(Settings.main),
        state=Settings.discretion,
        getter=what_discretion_shows,
        preview_data={"on": True, "off": False},
    )
