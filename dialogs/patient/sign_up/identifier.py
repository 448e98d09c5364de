"""The identifier that everything begins with, and the way on for whoever has none (DIAMED-9, DIAMED-10)."""

from typing import Any, Final

from aiogram_dialog import DialogManager
from aiogram_dialog.widgets.kbd import SwitchTo

from core.clinic import Clinic
from core.identity.newcomer import read_identifier
from dialogs.kit.buttons import back_to, pair, tap
from dialogs.kit.phrase import Phrase
from dialogs.kit.question import PrivateQuestion
from dialogs.kit.screen import Screen
from dialogs.kit.surroundings import clinic_of, sign_up_of
from dialogs.patient.doors import open_menu
from dialogs.patient.sign_up.form import PREVIEW, answer_to, field_screen
from dialogs.states import SigningUp

LONGEST_IDENTIFIER: Final = 40


async def read(manager: DialogManager, typed: str) -> str:
    clinic = clinic_of(manager)
    birth = read_identifier(typed, clinic.facility, clinic.facility.day_of(clinic.clock.now()))
    await sign_up_of(manager).check_identifier(clinic, birth.identifier)
    return birth.identifier


def identifier_screen() -> Screen:
    return field_screen(
        SigningUp.identifier,
        Phrase(
            "Please type the PESEL number.\n"
            "Every patient has an account of their own, a child too. "
            "These are the 11 digits of the patient's Polish personal number.\n\n"
            "We will delete the message with it at once."
        ),
        PrivateQuestion("identifier", answer_to(SigningUp.identifier, read), LONGEST_IDENTIFIER),
        SwitchTo(Phrase("No PESEL yet"), id="none", state=SigningUp.no_identifier),
    )


async def what_reception_offers(clinic: Clinic, **surroundings: Any) -> dict[str, Any]:
    reception = clinic.facility.reception
    return {"reception": reception.phone, "address": reception.address}


def no_identifier_screen() -> Screen:
    return Screen(
        Phrase(
            "Online booking needs a PESEL number.\n"
            "Until it is assigned, please book by phone or at the reception. We are glad to help.\n\n"
            "{reception}\n{address}"
        ),
        pair(back_to(SigningUp.identifier), tap(Phrase("Menu"), "menu", open_menu)),
        state=SigningUp.no_identifier,
        getter=what_reception_offers,
        preview_data=PREVIEW,
    )
