"""Who answers a reminder is thanked in its place: the message that asked becomes one that knows."""

from collections.abc import Iterator, Sequence
from typing import Final

from aiogram import Bot
from aiogram.enums import ParseMode
from aiogram.exceptions import TelegramBadRequest
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup
from aiogram_dialog import DialogManager

from core.alerts.coming_mark import coming_mark
from core.facility.profile import FacilityProfile
from core.identity.questions import own_settings
from core.visits.cards import VisitCard
from core.visits.questions import planned_visits
from core.visits.say_coming import say_coming
from dialogs.kit.surroundings import clinic_of, speech_of, tell
from dialogs.patient.asked import Asked
from locales.headline import apart, headline
from locales.marks import N_
from locales.translator import Translator

IN_FULL: Final = N_("{visit.starts_at:when}\n{visit.doctor}, {visit.clinic}\n{visit.address}")
DISCREET: Final = N_("{visit.starts_at:when}")
# Said of a message that is thanked already, or that the person has deleted: what counts has happened.
NO_MATTER: Final = ("message is not modified", "message to edit not found", "message can't be edited")


async def say_coming_and_thank(manager: DialogManager, asked: Asked, message_id: int) -> None:
    """Write down that the person is coming on that day, and turn the reminder into thanks; refuses like say_coming.

    What it asked about other days stays asked.
    """
    clinic, speech = clinic_of(manager), speech_of(manager)
    await clinic(say_coming, asked.day, asked.account_id)
    chosen = await clinic.read(own_settings)
    planned = await clinic.read(planned_visits)
    visits = [visit for visit in planned if clinic.facility.day_of(visit.starts_at) in asked.days]
    coming = [visit for visit in visits if visit.coming_at]
    now = clinic.clock.now()
    still_open = [visit for visit in visits if not visit.coming_at and visit.lies_ahead(now)]
    await tell(manager, speech.say("Thank you, we look forward to seeing you."))
    answers = _answers(still_open, asked, clinic.facility, speech)
    rows = [*answers, *_ways_to_change([*coming, *still_open], clinic.facility, speech)]
    bot: Bot = manager.middleware_data["bot"]
    try:
        await bot.edit_message_text(
            thanks(coming, still_open, speech, discreet=chosen.discreet),
            chat_id=clinic.person.require_chat(),
            message_id=message_id,
            parse_mode=ParseMode.HTML,
            reply_markup=InlineKeyboardMarkup(inline_keyboard=rows),
        )
    except TelegramBadRequest as refusal:
        if not any(words in refusal.message for words in NO_MATTER):
            raise


def thanks(coming: Sequence[VisitCard], still_open: Sequence[VisitCard], speech: Translator, *, discreet: bool) -> str:
    """The facts stay: when, with whom and where; discreetly, when alone. Below them what is still to be answered."""
    words = DISCREET if discreet else IN_FULL
    text = [speech.say("Thank you, we look forward to seeing you.")]
    text += [apart([speech.say(words, visit=visit) for visit in coming])]
    if still_open:
        text += ["", apart([speech.say(words, visit=visit) for visit in still_open])]
        text += ["", speech.say("Will you be able to come?")]
    return headline("\n".join(text))


def _answers(
    still_open: Sequence[VisitCard], asked: Asked, facility: FacilityProfile, speech: Translator
) -> Iterator[list[InlineKeyboardButton]]:
    for day in sorted({facility.day_of(visit.starts_at) for visit in still_open}):
        label = speech.say("I'm coming: {day:short}", day=day)
        yield [InlineKeyboardButton(text=label, callback_data=coming_mark(day, asked.days, asked.account_id))]


def _ways_to_change(
    visits: Sequence[VisitCard], facility: FacilityProfile, speech: Translator
) -> Iterator[list[InlineKeyboardButton]]:
    several_days = len({facility.day_of(visit.starts_at) for visit in visits}) > 1
    for visit in visits:
        if len(visits) == 1:
            label = speech.say("Move or cancel")
        elif several_days:
            label = speech.say("{visit.starts_at:short}, {visit.starts_at:time}: move or cancel", visit=visit)
        else:
            label = speech.say("{visit.starts_at:time}: move or cancel", visit=visit)
        yield [InlineKeyboardButton(text=label, callback_data=f"visit:{visit.id}")]
