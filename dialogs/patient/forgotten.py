"""A forgotten password: the answer is the same whether or not there is such an account."""

from typing import Any, Final

from aiogram.types import Message
from aiogram_dialog import DialogManager, ShowMode
from aiogram_dialog.widgets.kbd import Cancel

from core.clinic import Clinic
from dialogs.kit.buttons import back, pair, tap
from dialogs.kit.phrase import Phrase
from dialogs.kit.question import Question
from dialogs.kit.screen import Conversation, Screen
from dialogs.kit.surroundings import clinic_of, sign_up_of
from dialogs.patient.doors import open_menu
from dialogs.states import Forgotten

LONGEST_NAME: Final = 254
PREVIEW: Final = {"phone": "+48 22 123 45 67"}


async def what_reception_offers(clinic: Clinic, **surroundings: Any) -> dict[str, Any]:
    return {"phone": clinic.facility.reception.phone}


async def send(message: Message, manager: DialogManager, name: str) -> None:
    await sign_up_of(manager).forgotten(clinic_of(manager), name)
    await manager.switch_to(Forgotten.sent, show_mode=ShowMode.DELETE_AND_SEND)


def forgotten() -> Conversation:
    """A fresh dialog: one a dispatcher."""
    return Conversation(
        Screen(
            Phrase(
                "Please type your login or your e-mail address.\nWe will send a new password to the account's mailbox."
            ),
            pair(back(), tap(Phrase("Menu"), "menu", open_menu)),
            Question("forgotten", send, LONGEST_NAME),
            state=Forgotten.name,
        ),
        Screen(
            Phrase(
                "If there is such an account, a letter is on its way.\n"
                "It can take a few minutes; please look among the unwanted mail, too. "
                "If nothing comes, the reception is glad to help: {phone}"
            ),
            Cancel(Phrase("Log in"), id="log_in"),
            tap(Phrase("Menu"), "menu", open_menu),
            state=Forgotten.sent,
            getter=what_reception_offers,
            preview_data=PREVIEW,
        ),
    )
