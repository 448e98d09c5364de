"""What alerts say in a chat, in the recipient's language."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from core.alerts.alert import AlertKind
from core.alerts.questions import Letter
from core.facility.profile import FacilityProfile
from core.visits.cards import VisitCard
from jobs.reminder_line import reminder_line
from locales.headline import headline
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


@dataclass(frozen=True, slots=True)
class Message:
    """Telegram's HTML, and rows of buttons as label and callback data."""

    html: str
    rows: tuple[tuple[tuple[str, str], ...], ...]


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
    first = letter.visits[0]
    visits = [speech.say(DISCREET_VISIT if letter.discreet else VISIT, visit=visit) for visit in letter.visits]
    text = [reminder_line(letter, facility, speech), *visits, "", speech.say("Will you be able to come?")]
    day = facility.day_of(first.starts_at).toordinal()
    coming = (speech.say("I'm coming"), f"coming:{day}:{letter.reader.account_id}")
    return Message(headline("\n".join(text)), ((coming,), *_changes(letter, speech)))


def _changes(letter: Letter, speech: Translator) -> Iterator[tuple[tuple[str, str], ...]]:
    if len(letter.visits) == 1:
        [visit] = letter.visits
        yield (speech.say("Move"), f"move:{visit.id}"), (speech.say("Cancel the visit"), f"cancel:{visit.id}")
        return
    for visit in letter.visits:
        yield ((_change(visit, speech), f"visit:{visit.id}"),)


def _change(visit: VisitCard, speech: Translator) -> str:
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
