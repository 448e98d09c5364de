"""The account is made, and login and password are on their way (DIAMED-11). Nothing came? Once more, or elsewhere."""

from typing import Any, Final

from aiogram.types import Message
from aiogram_dialog import DialogManager, ShowMode
from aiogram_dialog.widgets.kbd import SwitchTo

from core.clinic import Clinic
from core.identity.person import AccountId
from core.identity.questions import email_of_new_account
from dialogs.kit.buttons import back_to, pair, tap
from dialogs.kit.phrase import Phrase
from dialogs.kit.question import Question
from dialogs.kit.screen import Conversation, Screen
from dialogs.kit.surroundings import clinic_of, sign_up_of, speech_of, tell
from dialogs.patient.doors import lay_menu_beneath, open_log_in, open_menu
from dialogs.states import AccountMade

LONGEST_ADDRESS: Final = 300
PREVIEW: Final = {"email": "aleksandra.wisniewska-nowak@example.com"}


def made_account(manager: DialogManager) -> AccountId:
    """The account this dialog was opened for."""
    assert isinstance(manager.start_data, dict)
    return AccountId(int(manager.start_data["account"]))


async def where_it_went(dialog_manager: DialogManager, clinic: Clinic, **surroundings: Any) -> dict[str, Any]:
    return {"email": await clinic.read(email_of_new_account, made_account(dialog_manager))}


async def log_in(manager: DialogManager) -> None:
    await lay_menu_beneath(manager)
    await open_log_in(manager)


async def send_again(manager: DialogManager) -> None:
    clinic, account_id = clinic_of(manager), made_account(manager)
    await sign_up_of(manager).send_again(clinic, account_id, await clinic.read(email_of_new_account, account_id))
    await tell(manager, speech_of(manager).say("A new letter is on its way. Only the password in it is good now."))
    await manager.switch_to(AccountMade.sent)


async def send_elsewhere(message: Message, manager: DialogManager, typed: str) -> None:
    await sign_up_of(manager).send_again(clinic_of(manager), made_account(manager), typed)
    await manager.switch_to(AccountMade.sent, show_mode=ShowMode.DELETE_AND_SEND)


def account_made() -> Conversation:
    """A fresh dialog: one a dispatcher."""
    shown: dict[str, Any] = {"getter": where_it_went, "preview_data": PREVIEW}
    return Conversation(
        Screen(
            Phrase(
                "The account is made.\n"
                "We have sent login and password to this address:\n{email}\n\n"
                "The first log-in will ask for a password of your own."
            ),
            tap(Phrase("Log in"), "log_in", log_in),
            pair(
                SwitchTo(Phrase("Nothing came?"), id="nothing", state=AccountMade.nothing_came),
                tap(Phrase("Menu"), "menu", open_menu),
            ),
            state=AccountMade.sent,
            **shown,
        ),
        Screen(
            Phrase(
                "Has nothing come?\n"
                "It can take a few minutes. Please look among the unwanted mail, too, and check the address:\n{email}"
            ),
            tap(Phrase("Send again"), "again", send_again),
            SwitchTo(Phrase("Correct the address"), id="address", state=AccountMade.address),
            back_to(AccountMade.sent),
            state=AccountMade.nothing_came,
            **shown,
        ),
        Screen(
            Phrase(
                "Please type the right e-mail address.\n"
                "So far: {email}\n\nWe will send login and password there at once."
            ),
            pair(back_to(AccountMade.nothing_came), tap(Phrase("Menu"), "menu", open_menu)),
            Question("new_address", send_elsewhere, LONGEST_ADDRESS),
            state=AccountMade.address,
            **shown,
        ),
    )
