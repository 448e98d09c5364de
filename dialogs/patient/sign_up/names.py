"""The patient's names."""

from typing import Final

from aiogram_dialog import DialogManager

from core.identity.names import read_name
from dialogs.kit.phrase import Phrase
from dialogs.kit.question import Question
from dialogs.kit.screen import Screen
from dialogs.patient.sign_up.form import answer_to, field_screen
from dialogs.states import SigningUp

LONGEST_ANSWER: Final = 200


async def read(manager: DialogManager, typed: str) -> str:
    return read_name(typed)


def given_names_screen() -> Screen:
    return field_screen(
        SigningUp.given_names,
        Phrase("Please type the given names.\nAs they stand in the patient's identity document."),
        Question("given_names", answer_to(SigningUp.given_names, read), LONGEST_ANSWER),
    )


def surname_screen() -> Screen:
    return field_screen(
        SigningUp.surname,
        Phrase("Please type the surname.\nAs it stands in the patient's identity document."),
        Question("surname", answer_to(SigningUp.surname, read), LONGEST_ANSWER),
    )
