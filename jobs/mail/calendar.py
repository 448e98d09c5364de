"""The visit's calendar file, in the reader's language."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from core.alerts.alert import AlertKind
from core.alerts.questions import Letter
from core.facility.profile import FacilityProfile
from core.visits.calendar_file import CalendarMethod, CalendarWords, Parties, calendar_file
from core.visits.cards import VisitCard
from jobs.mail.account import MailAccount
from locales.translator import Translator

# REQUEST and CANCEL, since calendars follow a published entry neither to its new time nor to its end.
METHODS: Final[Mapping[AlertKind, CalendarMethod]] = MappingProxyType(
    {
        AlertKind.VISIT_BOOKED: CalendarMethod.REQUEST,
        AlertKind.VISIT_MOVED: CalendarMethod.REQUEST,
        AlertKind.VISIT_CANCELLED: CalendarMethod.CANCEL,
    }
)


@dataclass(frozen=True, slots=True)
class CalendarPart:
    method: CalendarMethod
    content: bytes


def calendar_part(
    letter: Letter, facility: FacilityProfile, speech: Translator, account: MailAccount
) -> CalendarPart | None:
    """What goes with a confirmation; nothing with other letters."""
    method = METHODS.get(letter.kind)
    if method is None:
        return None
    [visit] = letter.visits
    sender = account.sender
    parties = Parties(sender.addr_spec, sender.display_name, letter.reader.email)
    words = _words(letter, visit, facility, speech)
    return CalendarPart(method, calendar_file(visit, facility, words, method, speech.setting.now, parties))


def _words(letter: Letter, visit: VisitCard, facility: FacilityProfile, speech: Translator) -> CalendarWords:
    """The title is seen by whoever sees the calendar, so that it names no clinic."""
    if letter.discreet:
        return CalendarWords(speech.say("Appointment"), "", speech.say("Details are in Telegram."))
    notes = [speech.say("{visit.doctor}, {visit.clinic}", visit=visit), visit.preparation]
    title = speech.say("Visit: {facility}", facility=facility.name)
    return CalendarWords(title, visit.address, "\n\n".join(note for note in notes if note))
