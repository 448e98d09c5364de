"""What alerts say in an SMS: when, with whom, and how to change it. One SMS where possible, two at most."""

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Final

from core.alerts.alert import AlertKind
from core.alerts.questions import Letter
from core.facility.profile import FacilityProfile
from jobs.reminder_line import days_of
from jobs.sms.alphabet import plain, segments
from locales.marks import N_
from locales.translator import Translator

# Without a full stop: some of them stand alone, and each character counts.
IN_FULL: Final[Mapping[AlertKind, str]] = MappingProxyType(
    {
        AlertKind.VISIT_BOOKED: N_(
            "Your visit is booked: {visit.starts_at:sms} at {visit.starts_at:time}, {visit.doctor}"
        ),
        AlertKind.VISIT_MOVED: N_(
            "Your visit has a new time: {visit.starts_at:sms} at {visit.starts_at:time}, {visit.doctor}"
        ),
        AlertKind.REMINDER: N_(
            "Reminder: visit {visit.starts_at:near}, {visit.starts_at:sms} at {visit.starts_at:time}, {visit.doctor}"
        ),
    }
)
DISCREET: Final[Mapping[AlertKind, str]] = MappingProxyType(
    {
        AlertKind.VISIT_BOOKED: N_("You have an appointment: {visit.starts_at:sms} at {visit.starts_at:time}"),
        AlertKind.VISIT_MOVED: N_("Your appointment has a new time: {visit.starts_at:sms} at {visit.starts_at:time}"),
        AlertKind.REMINDER: N_(
            "You have an appointment {visit.starts_at:near}, {visit.starts_at:sms} at {visit.starts_at:time}"
        ),
    }
)
MOST_TIMES: Final = 6
MOST_DATES: Final = 3


def word(letter: Letter, facility: FacilityProfile, speech: Translator) -> str:
    """The alert as an SMS, in the letters that its language sends.

    How to change the visit costs no second SMS while the chat says it anyway; whoever has no chat is told the phone.
    """
    has_chat = letter.reader.chat_id is not None
    fact = ". ".join((*_late(letter, speech), _fact(letter, facility, speech)))
    way_on = _way_on(has_chat, letter.discreet, facility, speech)
    whole = plain(". ".join((fact, way_on)), speech.language)
    return plain(fact, speech.language) if has_chat and segments(whole) > 1 else whole


def _late(letter: Letter, speech: Translator) -> Iterator[str]:
    if letter.late:
        yield speech.say("Sorry, this reminder is late")


def _fact(letter: Letter, facility: FacilityProfile, speech: Translator) -> str:
    if len(days_of(letter, facility)) > 1:
        return _fact_of_both_days(letter, speech)
    if len(letter.visits) > 1:
        return _plural_fact(letter, speech)
    words = DISCREET if letter.discreet else IN_FULL
    return speech.say(words[letter.kind], visit=letter.visits[0])


def _plural_fact(letter: Letter, speech: Translator) -> str:
    """Several visits of a day in one reminder: their times; which doctor is when stands in the chat."""
    first, count = letter.visits[0], len(letter.visits)
    said = _listed([speech.say("{at:time}", at=visit.starts_at) for visit in letter.visits], MOST_TIMES, speech)
    if letter.discreet:
        return speech.say_plural(
            "You have {count} appointment {first.starts_at:near}, {first.starts_at:sms}: {times}",
            "You have {count} appointments {first.starts_at:near}, {first.starts_at:sms}: {times}",
            count,
            first=first,
            times=said,
        )
    return speech.say_plural(
        "Reminder: {count} visit {first.starts_at:near}, {first.starts_at:sms}: {times}",
        "Reminder: {count} visits {first.starts_at:near}, {first.starts_at:sms}: {times}",
        count,
        first=first,
        times=said,
    )


def _fact_of_both_days(letter: Letter, speech: Translator) -> str:
    """Today's visits and tomorrow's in one reminder: each with its day."""
    count = len(letter.visits)
    said = _listed(
        [speech.say("{at:sms} {at:time}", at=visit.starts_at) for visit in letter.visits], MOST_DATES, speech
    )
    if letter.discreet:
        return speech.say_plural(
            "You have {count} appointment: {times}", "You have {count} appointments: {times}", count, times=said
        )
    return speech.say_plural("Reminder: {count} visit: {times}", "Reminder: {count} visits: {times}", count, times=said)


def _listed(times: Sequence[str], most: int, speech: Translator) -> str:
    more = [] if len(times) <= most else [speech.say("+{more}", more=len(times) - most)]
    return ", ".join([*times[:most], *more])


def _way_on(has_chat: bool, discreet: bool, facility: FacilityProfile, speech: Translator) -> str:
    if not has_chat:
        return speech.say("To move or cancel, call {phone}.", phone=facility.reception.phone)
    if discreet:
        return speech.say("Details are in Telegram.")
    return speech.say("To move or cancel, open Telegram or call {phone}.", phone=facility.reception.phone)
