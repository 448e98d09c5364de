"""What alerts say in a chat, in the recipient's language."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, TypeAlias

from core.alerts.alert import AlertKind
from core.alerts.coming_mark import coming_mark
from core.alerts.questions import Letter
from core.facility.profile import FacilityProfile
from core.visits.cards import VisitCard
from jobs.reminder_line import days_of, late_line, reminder_line
from locales.headline import apart, headline
from locales.marks import N_
from locales.translator import Translator

IN_FULL: Final[Mapping[AlertKind, str]] = MappingProxyType(
    {
        AlertKind.VISIT_BOOKED: N_(
            "Confirmation: your visit is booked.\n"
            "{visit.starts_at:when}\n{visit.doctor}, {visit.clinic}\n{visit.address}\n\n"
            "You can move or cancel it here."
        ),
        AlertKind.VISIT_MOVED: N_(
            "Confirmation: your visit has a new time.\n"
            "{visit.starts_at:when}\n{visit.doctor}, {visit.clinic}\n{visit.address}\n\n"
            "You can move or cancel it here."
        ),
        AlertKind.VISIT_CANCELLED: N_(
            "Confirmation: your visit is cancelled.\n{visit.starts_at:when}\n{visit.doctor}, {visit.clinic}"
        ),
    }
)
DISCREET: Final[Mapping[AlertKind, str]] = MappingProxyType(
    {
        AlertKind.VISIT_BOOKED: N_("Confirmed: you have an appointment.\n{visit.starts_at:when}"),
        AlertKind.VISIT_MOVED: N_("Confirmed: your appointment has a new time.\n{visit.starts_at:when}"),
        AlertKind.VISIT_CANCELLED: N_("Confirmed: your appointment is cancelled.\n{visit.starts_at:when}"),
    }
)
VISIT: Final = N_("{visit.starts_at:when}\n{visit.doctor}, {visit.clinic}\n{visit.address}")
DISCREET_VISIT: Final = N_("{visit.starts_at:when}")

Row: TypeAlias = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Message:
    """Telegram's HTML, and rows of buttons as label and callback data."""

    html: str
    rows: tuple[Row, ...]


def word(letter: Letter, facility: FacilityProfile, speech: Translator) -> Message:
    """The alert as a message; discreet ones name neither doctor nor clinic."""
    match letter.kind:
        case AlertKind.REMINDER:
            return _reminder(letter, facility, speech)
        case AlertKind.EMAIL_BOUNCED:
            return _bounced(letter, facility, speech)
        case _:
            [visit] = letter.visits
            words = DISCREET if letter.discreet else IN_FULL
            button = (speech.say("Move or cancel"), f"visit:{visit.id}")
            rows = () if letter.kind is AlertKind.VISIT_CANCELLED else ((button,),)
            return Message(headline(speech.say(words[letter.kind], visit=visit)), rows)


def _reminder(letter: Letter, facility: FacilityProfile, speech: Translator) -> Message:
    visits = [speech.say(DISCREET_VISIT if letter.discreet else VISIT, visit=visit) for visit in letter.visits]
    begin = [reminder_line(letter, facility, speech), *late_line(letter, speech)]
    text = [*begin, apart(visits), "", speech.say("Will you be able to come?")]
    rows = (*_answers(letter, facility, speech), *_changes(letter, facility, speech))
    return Message(headline("\n".join(text)), rows)


def _answers(letter: Letter, facility: FacilityProfile, speech: Translator) -> Iterator[Row]:
    """One for each day: whoever can come today may be away tomorrow. Each knows of the others, which stay open."""
    days = days_of(letter, facility)
    for day in days:
        label = speech.say("I'm coming") if len(days) == 1 else speech.say("I'm coming: {day:short}", day=day)
        yield ((label, coming_mark(day, days, letter.reader.account_id)),)


def _changes(letter: Letter, facility: FacilityProfile, speech: Translator) -> Iterator[Row]:
    if len(letter.visits) == 1:
        [visit] = letter.visits
        yield (speech.say("Move"), f"move:{visit.id}"), (speech.say("Cancel the visit"), f"cancel:{visit.id}")
        return
    for visit in letter.visits:
        yield ((_change(visit, facility, letter, speech), f"visit:{visit.id}"),)


def _change(visit: VisitCard, facility: FacilityProfile, letter: Letter, speech: Translator) -> str:
    if len(days_of(letter, facility)) > 1:
        return speech.say("{visit.starts_at:short}, {visit.starts_at:time}: move or cancel", visit=visit)
    return speech.say("{visit.starts_at:time}: move or cancel", visit=visit)


def _bounced(letter: Letter, facility: FacilityProfile, speech: Translator) -> Message:
    if letter.reader.is_new:
        text = speech.say(
            "Our letter could not be delivered.\nAddress: {email}\n\n"
            "Please check the address: we will send login and password again.",
            email=letter.reader.email,
        )
        return Message(headline(text), (((speech.say("Correct the address"), f"email:{letter.reader.account_id}"),),))
    text = speech.say(
        "Our letter could not be delivered.\nAddress: {email}\n\n"
        "Please tell the reception your present address: {phone}",
        email=letter.reader.email,
        phone=facility.reception.phone,
    )
    return Message(headline(text), ())
