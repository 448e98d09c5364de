"""Log-in: a login, a password, and back to where the person was."""

from typing import Any, Final

from aiogram.types import Message
from aiogram_dialog import DialogManager, ShowMode
from aiogram_dialog.widgets.kbd import SwitchTo
from aiogram_dialog.widgets.text import Multi

from core.clinic import Clinic
from core.identity.log_in import log_in
from core.identity.newcomer import may_sign_up
from core.identity.person import Person
from dialogs.kit.buttons import pair, tap
from dialogs.kit.phrase import Phrase
from dialogs.kit.question import PrivateQuestion, Question
from dialogs.kit.refusals import LoginOnly
from dialogs.kit.screen import Conversation, Screen
from dialogs.kit.surroundings import clinic_of, hasher_of, look_again, speak
from dialogs.patient.doors import (
    lay_menu_beneath,
    open_forgotten,
    open_menu,
    open_new_password,
    open_sign_up,
    show_what_is_open,
)
from dialogs.states import LogIn
from locales.translator import choose_language

LONGEST_LOGIN: Final = 254  # an e-mail address, too
LONGEST_PASSWORD: Final = 200
PREVIEW: Final = {
    "session_ended": True,
    "newly_here": True,
    "login": "anna.kowalska",
    "phone": "+48 22 123 45 67",
    "may_sign_up": True,
}


async def what_log_in_shows(dialog_manager: DialogManager, clinic: Clinic, **surroundings: Any) -> dict[str, Any]:
    start = dialog_manager.start_data
    ended = isinstance(start, dict) and bool(start.get("session_ended"))
    return {
        "session_ended": ended,
        "newly_here": not ended,
        "login": dialog_manager.dialog_data.get("login", ""),
        "phone": clinic.facility.reception.phone,
        "may_sign_up": may_sign_up(clinic.facility),
    }


def interrupted_account(manager: DialogManager) -> int | None:
    """Whose session had ended when this log-in was opened."""
    start = manager.start_data
    return start.get("whose") if isinstance(start, dict) else None


async def keep_login(message: Message, manager: DialogManager, login: str) -> None:
    if len(login.split()) > 1:
        await message.delete()
        raise LoginOnly
    manager.dialog_data["login"] = login
    await manager.switch_to(LogIn.password, show_mode=ShowMode.DELETE_AND_SEND)


async def try_password(message: Message, manager: DialogManager, password: str) -> None:
    await log_in(clinic_of(manager), hasher_of(manager), manager.dialog_data["login"], password)
    caller = await look_again(manager)
    speech = speak(manager, choose_language(caller.language))
    await message.answer(speech.say("You are logged in. We have deleted the message with your password."))
    await _go_on(manager, caller.person)


async def _go_on(manager: DialogManager, person: Person) -> None:
    """Back to where the person was, after a password of their own where one is due (DIAMED-12)."""
    if interrupted_account(manager) in (None, person.account):
        await manager.mark_closed()
    else:
        # Somebody else's session ended here: what they had open is nobody's business.
        await lay_menu_beneath(manager)
    if person.password_due:
        await open_new_password(manager, ShowMode.DELETE_AND_SEND)
    else:
        await show_what_is_open(manager, ShowMode.DELETE_AND_SEND)


def is_invited(data: dict[str, Any], widget: object, manager: DialogManager) -> bool:
    """Whether to speak of making an account: where people do so themselves, and nobody was interrupted."""
    return bool(data["newly_here"] and data["may_sign_up"])


def log_in_dialog() -> Conversation:
    """A fresh dialog: one a dispatcher."""
    return Conversation(
        Screen(
            Multi(
                Phrase(
                    "For your safety this session has ended.\nWhat you typed is saved: log in again to go on.\n",
                    when="session_ended",
                ),
                Phrase("Please type your login."),
                Phrase(
                    "\nIt came by e-mail when the account was made; the e-mail address will do, too.",
                    when="newly_here",
                ),
                Phrase(
                    "\nNo account yet? It can be made below. The reception is glad to help as well: {phone}",
                    when=is_invited,
                ),
            ),
            pair(
                tap(Phrase("Create an account"), "sign_up", open_sign_up, when="may_sign_up"),
                tap(Phrase("Forgotten password?"), "forgotten", open_forgotten, when="may_sign_up"),
                tap(Phrase("Menu"), "menu", open_menu),
            ),
            Question("login_text", keep_login, LONGEST_LOGIN),
            state=LogIn.login,
            getter=what_log_in_shows,
            preview_data=PREVIEW,
        ),
        Screen(
            Phrase(
                "Please type your password.\nLogin: {login}\n\nWe will delete the message with your password at once."
            ),
            tap(Phrase("Forgotten password?"), "forgotten", open_forgotten, when="may_sign_up"),
            pair(
                SwitchTo(Phrase("Another login"), id="other", state=LogIn.login),
                tap(Phrase("Menu"), "menu", open_menu),
            ),
            PrivateQuestion("password", try_password, LONGEST_PASSWORD),
            state=LogIn.password,
            getter=what_log_in_shows,
            preview_data=PREVIEW,
        ),
    )
