"""A visit as a file that calendars read (DIAMED-2): the same entry through every move, up to its cancellation."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final
from uuid import UUID, uuid5

from icalendar import Alarm, Calendar, Event, vCalAddress

from core.facility.profile import FacilityProfile
from core.visits.cards import VisitCard
from core.visits.time_zone import describe_zone, happens_twice
from core.visits.visit import VisitStatus

VISITS: Final = UUID("6a4f0c1e-8f0b-4b57-9a63-2d1f7c0e5b94")
ALARM_BEFORE: Final = timedelta(hours=2)


class CalendarMethod(StrEnum):
    """What a letter asks of its reader's calendar. The file of a cancelled visit goes out as CANCEL."""

    REQUEST = "REQUEST"
    CANCEL = "CANCEL"


@dataclass(frozen=True, slots=True)
class CalendarWords:
    """`title` is seen by whoever sees the calendar: never a specialty. `place` and `notes` may be empty."""

    title: str
    place: str
    notes: str


@dataclass(frozen=True, slots=True)
class Parties:
    """Mail addresses. A calendar follows moves and cancellations only where both are named."""

    organizer: str
    organizer_name: str
    attendee: str


def calendar_file(
    visit: VisitCard,
    facility: FacilityProfile,
    words: CalendarWords,
    method: CalendarMethod | None,
    now: datetime,
    parties: Parties | None = None,
) -> bytes:
    """One event in the facility's zone. Its UID stays, its SEQUENCE rises with every move and the cancellation.

    Without a method and parties it is a file to keep, for a chat; letters need both.
    """
    calendar = Calendar()
    calendar.add("PRODID", "-//Reception//Visits//EN")
    calendar.add("VERSION", "2.0")
    calendar.add("CALSCALE", "GREGORIAN")
    if method is not None:
        calendar.add("METHOD", method.value)
    if not _is_twofold(visit, facility):
        calendar.add_component(describe_zone(facility.timezone, visit.starts_at))
    calendar.add_component(_event(visit, facility, words, now, parties))
    return bytes(calendar.to_ical())


def _event(
    visit: VisitCard, facility: FacilityProfile, words: CalendarWords, now: datetime, parties: Parties | None
) -> Event:
    cancelled = visit.status is VisitStatus.CANCELLED
    event = Event()
    event.add("UID", str(uuid5(VISITS, f"{facility.key}/{visit.id}")))
    event.add("SEQUENCE", visit.version - 1)
    event.add("DTSTAMP", now)
    for name, moment in (("DTSTART", visit.starts_at), ("DTEND", visit.ends_at)):
        event.add(name, moment if _is_twofold(visit, facility) else moment.astimezone(facility.timezone))
    for name, text in (("SUMMARY", words.title), ("LOCATION", words.place), ("DESCRIPTION", words.notes)):
        if text:
            event.add(name, _printable(text))
    event.add("STATUS", "CANCELLED" if cancelled else "CONFIRMED")
    event.add("CLASS", "PRIVATE")
    if parties is not None:
        _name(event, parties)
    if not cancelled:
        event.add_component(_alarm(words))
    return event


def _name(event: Event, parties: Parties) -> None:
    organizer = vCalAddress(f"mailto:{parties.organizer}")
    if parties.organizer_name:
        organizer.params["CN"] = _printable(parties.organizer_name)
    attendee = vCalAddress(f"mailto:{parties.attendee}")
    attendee.params.update({"ROLE": "REQ-PARTICIPANT", "PARTSTAT": "ACCEPTED", "RSVP": "FALSE"})
    event.add("ORGANIZER", organizer)
    event.add("ATTENDEE", attendee)


def _alarm(words: CalendarWords) -> Alarm:
    alarm = Alarm()
    alarm.add("ACTION", "DISPLAY")
    alarm.add("TRIGGER", -ALARM_BEFORE)
    alarm.add("DESCRIPTION", _printable(words.title))
    return alarm


def _is_twofold(visit: VisitCard, facility: FacilityProfile) -> bool:
    """In the hour that the clock goes through twice, only UTC is certain."""
    return any(happens_twice(moment, facility.timezone) for moment in (visit.starts_at, visit.ends_at))


def _printable(text: str) -> str:
    return "".join(sign for sign in text if sign.isprintable() or sign == "\n")
