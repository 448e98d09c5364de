"""A password of one's own, right after log-in with the one that was sent (DIAMED-12): the rules before any typing."""

from typing import Any, Final

from aiogram.types import Message
from aiogram_dialog import DialogManager, ShowMode

from core.clinic import Clinic
from core.identity.choose_password import choose_password
from dialogs.kit.buttons import tap
from dialogs.kit.phrase import Phrase
from dialogs.kit.question import PrivateQuestion
from dialogs.kit.screen import Conversation, Screen
from dialogs.kit.surroundings import clinic_of, hasher_of, look_again, speech_of
from dialogs.patient.doors import show_what_is_open
from dialogs.patient.settings import leave
from dialogs.states import NewPassword

LONGEST_PASSWORD: Final = 200


async def what_rules_show(clinic: Clinic, **surroundings: Any) -> dict[str, Any]:
    return {"count": clinic.facility.identity.password_length}


async def choose(message: Message, manager: DialogManager, password: str) -> None:
    await choose_password(clinic_of(manager), hasher_of(manager), password)
    await look_again(manager)
    words = speech_of(manager).say("Your new password is saved. We have deleted the message with it.")
    await message.answer(words)
    await manager.mark_closed()
    await show_what_is_open(manager, ShowMode.DELETE_AND_SEND)


def new_password() -> Conversation:
    """A fresh dialog: one a dispatcher."""
    return Conversation(
        Screen(
            Phrase(
                "Please choose a password:\n"
                "• at least {count} characters\n"
                "• without your name, date of birth or ID number\n"
                "• different from the temporary one\n\n"
                "We will delete the message with your password at once."
            ),
            tap(Phrase("Log out"), "log_out", leave),
            PrivateQuestion("password", choose, LONGEST_PASSWORD),
            state=NewPassword.choose,
            getter=what_rules_show,
            preview_data={"count": 10},
        )
    )
