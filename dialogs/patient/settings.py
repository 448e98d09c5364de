"""Settings: who is logged in, how we write to them, and the way out (DIAMED-3)."""

from datetime import time
from typing import Any, Final

from aiogram_dialog import DialogManager, ShowMode
from aiogram_dialog.widgets.kbd import SwitchTo
from aiogram_dialog.widgets.text import Multi

from core.clinic import Clinic
from core.facility.profile import Channel
from core.identity.account import SmsWish
from core.identity.contacts import as_written
from core.identity.log_out import log_out
from core.identity.person import STRANGER, Role
from core.identity.questions import own_settings
from dialogs.kit.buttons import back, tap
from dialogs.kit.phrase import Phrase
from dialogs.kit.screen import Conversation, Screen
from dialogs.kit.surroundings import clinic_of, speech_of, tell
from dialogs.patient.discretion import discretion
from dialogs.patient.doors import open_languages, open_menu
from dialogs.patient.reminder_hour import reminder_hour
from dialogs.patient.sms_reminders import CHOSEN, sms_reminders
from dialogs.states import Settings
from locales.marks import N_

ON: Final = N_("on")
OFF: Final = N_("off")
PREVIEW: Final = {
    "known": True,
    "stranger": False,
    "by_phone_too": True,
    "name": "Aleksandra Wiśniewska-Nowak",
    "email": "aleksandra.wisniewska-nowak@poczta.example.com",
    "phone": "+48 601 234 567",
    "reception": "+48 22 123 45 67",
    "hour": time(18),
    "by_sms": CHOSEN[SmsWish.WHEN_NEEDED],
    "discreet": OFF,
}


async def what_settings_show(clinic: Clinic, **surroundings: Any) -> dict[str, Any]:
    if clinic.person.role is not Role.PATIENT:
        return {"known": False, "stranger": True, "by_phone_too": False}
    chosen = await clinic.read(own_settings)
    return {
        "known": True,
        "stranger": False,
        "by_phone_too": Channel.SMS in clinic.facility.alerts.channels,
        "name": chosen.name,
        "email": chosen.email,
        "phone": as_written(chosen.phone),
        "reception": clinic.facility.reception.phone,
        "hour": time(chosen.hour),
        "by_sms": CHOSEN[chosen.by_sms],
        "discreet": ON if chosen.discreet else OFF,
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
                Phrase(
                    "Account: {name}\nE-mail: {email}\nPhone: {phone}\n"
                    "To change e-mail or phone, please call the reception: {reception}\n\n"
                    "Reminders, the day before: {hour:time}",
                    when="known",
                ),
                Phrase("Reminders by SMS: {by_sms:words}", when="by_phone_too"),
                Phrase("Discreet wording: {discreet:words}", when="known"),
                Phrase("You are not logged in.", when="stranger"),
            ),
            tap(Phrase("Language"), "language", open_languages),
            SwitchTo(Phrase("Hour of the reminder"), id="hour", state=Settings.hour, when="known"),
            SwitchTo(Phrase("Reminders by SMS"), id="sms", state=Settings.sms, when="by_phone_too"),
            SwitchTo(Phrase("Discreet wording"), id="discretion", state=Settings.discretion, when="known"),
            tap(Phrase("Log out"), "log_out", leave, when="known"),
            back(),
            state=Settings.main,
            getter=what_settings_show,
            preview_data=PREVIEW,
        ),
        reminder_hour(),
        sms_reminders(),
        discretion(),
    )
