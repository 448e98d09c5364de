"""When reminders come by SMS: besides Telegram, instead of it, or never (DIAMED-3)."""

from dataclasses import dataclass
from typing import Any, Final

from aiogram.types import CallbackQuery
from aiogram_dialog import DialogManager
from aiogram_dialog.widgets.kbd import Column, Select
from aiogram_dialog.widgets.text import Multi

from core.clinic import Clinic
from core.errors import NotFound
from core.identity.account import SmsWish
from core.identity.choose_reminders import choose_reminders
from core.identity.contacts import as_written
from core.identity.questions import own_settings
from dialogs.kit.buttons import back_to
from dialogs.kit.phrase import Phrase
from dialogs.kit.screen import Screen
from dialogs.kit.surroundings import clinic_of
from dialogs.states import Settings
from locales.marks import N_

WISHES: Final = {
    SmsWish.ALWAYS: N_("Besides Telegram"),
    SmsWish.WHEN_NEEDED: N_("Only if Telegram does not reach me"),
    SmsWish.NEVER: N_("Never"),
}
CHOSEN: Final = {
    SmsWish.ALWAYS: N_("besides Telegram"),
    SmsWish.WHEN_NEEDED: N_("only if Telegram does not reach you"),
    SmsWish.NEVER: N_("never"),
}


@dataclass(frozen=True, slots=True)
class Wish:
    """One of the three steps, as its button says it."""

    id: str
    words: str


async def what_sms_shows(clinic: Clinic, **surroundings: Any) -> dict[str, Any]:
    chosen = await clinic.read(own_settings)
    return {
        "by_sms": CHOSEN[chosen.by_sms],
        "phone": as_written(chosen.phone),
        "wishes": [Wish(wish.value, words) for wish, words in WISHES.items() if wish is not chosen.by_sms],
    }


def read_wish(mark: str) -> SmsWish:
    """One of the three steps. Refuses with NotFound."""
    if mark not in {wish.value for wish in SmsWish}:
        raise NotFound
    return SmsWish(mark)


async def choose(callback: CallbackQuery, select: Any, manager: DialogManager, wish: SmsWish) -> None:
    await clinic_of(manager)(choose_reminders, wish.value)
    await manager.switch_to(Settings.main)


def sms_reminders() -> Screen:
    return Screen(
        Multi(
            Phrase("Reminders by SMS: {by_sms:words}"),
            Phrase("Phone: {phone}"),
            Phrase("\nWhen should an SMS come?"),
        ),
        Column(
            Select(
                Phrase("{item.words:words}"),
                id="by_sms",
                items="wishes",
                item_id_getter=lambda wish: wish.id,
                type_factory=read_wish,
                on_click=choose,
            )
        ),
        back_to(Settings.main),
        state=Settings.sms,
        getter=what_sms_shows,
        preview_data={
            "by_sms": CHOSEN[SmsWish.WHEN_NEEDED],
            "phone": "+48 601 234 567",
            "wishes": [Wish(wish.value, words) for wish, words in WISHES.items()],
        },
    )
