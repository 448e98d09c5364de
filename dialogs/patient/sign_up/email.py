"""The e-mail address, everybody's own (DIAMED-6, DIAMED-7), with the advice on forwarding (DIAMED-8)."""

from typing import Final

from aiogram_dialog import DialogManager

from core.identity.contacts import read_email
from dialogs.kit.phrase import Phrase
from dialogs.kit.question import Question
from dialogs.kit.screen import Screen
from dialogs.kit.surroundings import clinic_of, sign_up_of
from dialogs.patient.sign_up.form import answer_to, field_screen
from dialogs.states import SigningUp

LONGEST_ANSWER: Final = 300


async def read(manager: DialogManager, typed: str) -> str:
    email = read_email(typed)
    await sign_up_of(manager).check_email(clinic_of(manager), email)
    return email


def email_screen() -> Screen:
    return field_screen(
        SigningUp.email,
        Phrase(
            "Please type the e-mail address.\n"
            "Login and password go there. Every patient, including a child, needs an address of their own: "
            "what concerns different patients never meets in one mailbox. "
            "A child's mailbox can forward its mail to a parent."
        ),
        Question("email", answer_to(SigningUp.email, read), LONGEST_ANSWER),
    )
