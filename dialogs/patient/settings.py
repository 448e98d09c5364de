"""Settings: who is logged in, the language, and the way out."""

from typing import Any

from aiogram_dialog import DialogManager, ShowMode
from aiogram_dialog.widgets.text import Multi

from core.clinic import Clinic
from core.identity.log_out import log_out
from core.identity.person import STRANGER, Role
from core.identity.questions import own_patient
from dialogs.kit.buttons import back, tap
from dialogs.kit.phrase import Phrase
from dialogs.kit.screen import Conversation, Screen
from dialogs.kit.surroundings import clinic_of, speech_of, tell
from dialogs.patient.doors import open_languages, open_menu
from dialogs.states import Settings


async def what_settings_show(clinic: Clinic, **surroundings: Any) -> dict[str, Any]:
    known = clinic.person.role is Role.PATIENT
    patient = await clinic.read(own_patient) if known else None
    return {
        "known": known,
        "stranger": not known,
        "name": f"{patient.given_names} {patient.surname}" if patient else "",
    }


async def leave(manager: DialogManager, show_mode: ShowMode | None = None) -> None:
    """Log out and say so, by button or by command."""
    clinic = clinic_of(manager)
    await clinic(log_out)
    manager.middleware_data["clinic"] = clinic.acting_as(STRANGER)
    await tell(manager, speech_of(manager).say("You are logged out."))
    await open_menu(manager, show_mode)


def settings() -> Conversation:
    """A fresh dialog: one a dispatcher."""
    return Conversation(
        Screen(
            Multi(
                Phrase("Settings"),
                Phrase("Account: {name}", when="known"),
                Phrase("You are not logged in.", when="stranger"),
            ),
            tap(Phrase("Language"), "language", open_languages),
            tap(Phrase("Log out"), "log_out", leave, when="known"),
            back(),
            state=Settings.main,
            getter=what_settings_show,
            preview_data={"known": True, "stranger": False, "name": "Aleksandra Wiśniewska-Nowak"},
        )
    )
