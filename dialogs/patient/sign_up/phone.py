"""The mobile number, typed or shared."""

from typing import Final

from aiogram_dialog import DialogManager

from core.identity.contacts import read_phone
from dialogs.kit.buttons import tap
from dialogs.kit.contact import ContactQuestion, offer_to_share
from dialogs.kit.phrase import Phrase
from dialogs.kit.screen import Screen
from dialogs.kit.surroundings import clinic_of
from dialogs.patient.sign_up.form import answer_to, field_screen
from dialogs.states import SigningUp

LONGEST_ANSWER: Final = 60


async def read(manager: DialogManager, typed: str) -> str:
    facility = clinic_of(manager).facility
    return read_phone(typed, facility.country, facility.identity.phone_countries)


def phone_screen() -> Screen:
    return field_screen(
        SigningUp.phone,
        Phrase("Please type the mobile number.\nFor a child, a parent's number will do."),
        ContactQuestion("phone", answer_to(SigningUp.phone, read), LONGEST_ANSWER),
        tap(Phrase("Share my number"), "share", offer_to_share),
    )
