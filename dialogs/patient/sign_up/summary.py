"""One look at everything before the account is made; each field can be changed from here."""

from datetime import date
from typing import Any, Final

from aiogram_dialog import DialogManager
from aiogram_dialog.widgets.kbd import SwitchTo

from core.clinic import Clinic
from core.identity.newcomer import read_identifier
from core.identity.sex import Sex
from dialogs.kit.buttons import pair, tap
from dialogs.kit.phrase import Phrase
from dialogs.kit.screen import Screen
from dialogs.kit.surroundings import clinic_of, sign_up_of
from dialogs.patient.doors import lay_menu_beneath, open_account_made, open_menu
from dialogs.patient.sign_up.form import ORDER, Form, name_of
from dialogs.states import SigningUp
from locales.marks import N_

SEX_WORDS: Final = {Sex.FEMALE: N_("Sex: female"), Sex.MALE: N_("Sex: male")}
PREVIEW: Final = {
    "given_names": "Aleksandra Maria",
    "surname": "Wiśniewska-Nowak",
    "identifier": "•••••••2345",
    "born": date(1985, 12, 31),
    "sex": SEX_WORDS[Sex.FEMALE],
    "email": "aleksandra.wisniewska-nowak@example.com",
    "phone": "+48 601 234 567",
}


async def what_was_typed(dialog_manager: DialogManager, clinic: Clinic, **surroundings: Any) -> dict[str, Any]:
    form = Form(dialog_manager)
    today = clinic.facility.day_of(clinic.clock.now())
    birth = read_identifier(form.newcomer.identifier, clinic.facility, today)
    shown = {name_of(field): form.shown(field) for field in ORDER[:-1]}
    return {**shown, "born": birth.born, "sex": SEX_WORDS[birth.sex]}


async def create(manager: DialogManager) -> None:
    account_id = await sign_up_of(manager).open(clinic_of(manager), Form(manager).newcomer)
    await lay_menu_beneath(manager)
    await open_account_made(manager, account_id)


def summary_screen() -> Screen:
    return Screen(
        Phrase(
            "Please check everything.\n"
            "Given names: {given_names}\nSurname: {surname}\n"
            "PESEL: {identifier}\nDate of birth: {born:birth}\n{sex:words}\n"
            "E-mail: {email}\nMobile phone: {phone}\n\n"
            "To change something, please choose it below."
        ),
        tap(Phrase("Create the account"), "create", create),
        pair(
            SwitchTo(Phrase("Given names"), id="given_names", state=SigningUp.given_names),
            SwitchTo(Phrase("Surname"), id="surname", state=SigningUp.surname),
            SwitchTo(Phrase("PESEL"), id="identifier", state=SigningUp.identifier),
            SwitchTo(Phrase("E-mail"), id="email", state=SigningUp.email),
            SwitchTo(Phrase("Mobile phone"), id="phone", state=SigningUp.phone),
            tap(Phrase("Menu"), "menu", open_menu),
        ),
        state=SigningUp.summary,
        getter=what_was_typed,
        preview_data=PREVIEW,
    )
