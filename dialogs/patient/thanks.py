"""Who answers a reminder is thanked in its place: the message that asked becomes one that knows."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final

from aiogram import Bot
from aiogram.enums import ParseMode
from aiogram.exceptions import TelegramBadRequest
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup
from aiogram_dialog import DialogManager

from core.identity.person import AccountId
from core.identity.questions import own_settings
from core.visits.cards import VisitCard
from core.visits.questions import planned_visits
from core.visits.say_coming import say_coming
from dialogs.kit.surroundings import clinic_of, speech_of, tell
from locales.headline import headline
from locales.marks import N_
from locales.translator import Translator

IN_FULL: Final = N_("{visit.starts_at:when}\n{visit.doctor}, {visit.clinic}\n{visit.address}")
DISCREET: Final = N_("{visit.starts_at:when}")
# Said of a message that is thanked already, or that the person has deleted: what counts has happened.
NO_MATTER: Final = ("message is not modified", "message to edit not found", "message can't be edited")


async def say_coming_and_thank(manager: DialogManager, day: date, account_id: AccountId, message_id: int) -> None:
    """Write down that the person is coming on that day, and turn the reminder into thanks; refuses like say_coming."""
    clinic, speech = clinic_of(manager), speech_of(manager)
    await clinic(say_coming, day, account_id)
    chosen = await clinic.read(own_settings)
    planned = await clinic.read(planned_visits)
    visits = [visit for visit in planned if visit.coming_at and clinic.facility.day_of(visit.starts_at) == day]
    await tell(manager, speech.say("Thank you, we look forward to seeing you."))
    bot: Bot = manager.middleware_data["bot"]
    try:
        await bot.edit_message_text(
            thanks(visits, speech, discreet=chosen.discreet),
            chat_id=clinic.person.require_chat(),
            message_id=message_id,
            parse_mode=ParseMode.HTML,
            reply_markup=InlineKeyboardMarkup(inline_keyboard=list(_ways_to_change(visits, speech))),
        )
    except TelegramBadRequest as refusal:
        if not any(words in refusal.message for words in NO_MATTER):
            raise


def thanks(visits: Sequence[VisitCard], speech: Translator, *, discreet: bool) -> str:
    """The facts stay: when, with whom and where; discreetly, when alone."""
    facts = [speech.say(DISCREET if discreet else IN_FULL, visit=visit) for visit in visits]
    return headline("\n".join([speech.say("Thank you, we look forward to seeing you."), *facts]))


def _ways_to_change(visits: Sequence[VisitCard], speech: Translator) -> Iterator[list[InlineKeyboardButton]]:
    for visit in visits:
        only = len(visits) == 1
        label = (
            speech.say("Move or cancel") if only else speech.say("{visit.starts_at:time}: move or cancel", visit=visit)
        )
        yield [InlineKeyboardButton(text=label, callback_data=f"visit:{visit.id}")]
