"""A visit's calendar file, judged by a reader of another library."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

import pytest
import vobject

from core.facility.profile import FacilityProfile
from core.visits.calendar_file import CalendarMethod, CalendarWords, Parties, calendar_file
from core.visits.cards import VisitCard
from core.visits.slot import SlotId
from core.visits.time_zone import happens_twice
from core.visits.visit import VisitId, VisitStatus
from tests.stage.house import PROFILE
from tests.stage.small_clinic import EYES, MONDAY, NOWAK

WARSAW: Final = ZoneInfo("Europe/Warsaw")
ROME: Final = ZoneInfo("Europe/Rome")
MOSCOW: Final = ZoneInfo("Europe/Moscow")
WORDS: Final = CalendarWords("Visit", EYES.address, EYES.preparation)
PARTIES: Final = Parties("no-reply@diamed.example", "CM Diamed", "maria@example.com")
HALF_AN_HOUR: Final = timedelta(minutes=30)


def visit_at(starts_at: datetime, version: int = 1, status: VisitStatus = VisitStatus.CONFIRMED) -> VisitCard:
    return VisitCard(
        VisitId(7),
        SlotId(1),
        EYES.id,
        NOWAK.id,
        starts_at.astimezone(UTC),
        starts_at.astimezone(UTC) + HALF_AN_HOUR,
        NOWAK.name,
        NOWAK.surname,
        EYES.name,
        EYES.address,
        EYES.preparation,
        status,
        version,
    )


VISIT: Final = visit_at(datetime(2026, 11, 24, 9, 0, tzinfo=WARSAW))
CANCELLED: Final = replace(VISIT, version=3, status=VisitStatus.CANCELLED)


def written(
    visit: VisitCard = VISIT,
    *,
    words: CalendarWords = WORDS,
    method: CalendarMethod | None = CalendarMethod.REQUEST,
    facility: FacilityProfile = PROFILE,
) -> bytes:
    return calendar_file(visit, facility, words, method, MONDAY, PARTIES if method else None)


def read(file: bytes) -> Any:
    """The only event of the file, as the second reader understands it."""
    [calendar] = vobject.readComponents(file.decode())
    [event] = calendar.vevent_list
    return event


def quarters_around(change: datetime) -> Sequence[datetime]:
    """Every quarter of an hour from three hours before a change of clocks to three hours after it."""
    return [change + timedelta(minutes=15 * quarter) for quarter in range(-12, 13)]


def test_a_second_reader_finds_the_visit() -> None:
    file = written()
    event = read(file)
    assert event.dtstart.value == VISIT.starts_at
    assert event.dtend.value == VISIT.ends_at
    assert b"\r\nDTSTART;TZID=Europe/Warsaw:20261124T090000\r\n" in file
    assert event.dtstamp.value == MONDAY
    assert (event.summary.value, event.location.value, event.description.value) == (
        "Visit",
        EYES.address,
        EYES.preparation,
    )


@pytest.mark.parametrize("zone", [WARSAW, ROME])
@pytest.mark.parametrize("change", [datetime(2026, 3, 29, 1, tzinfo=UTC), datetime(2026, 10, 25, 1, tzinfo=UTC)])
def test_moments_around_a_change_of_clocks_stay_what_they_are(zone: ZoneInfo, change: datetime) -> None:
    facility = replace(PROFILE, timezone=zone)
    for moment in quarters_around(change):
        event = read(written(visit_at(moment), facility=facility))
        assert (event.dtstart.value, event.dtend.value) == (moment, moment + HALF_AN_HOUR)


def test_the_zone_changes_at_the_moment_when_the_clocks_do() -> None:
    [calendar] = vobject.readComponents(written().decode())
    changes = [
        (rule.name, f"{rule.dtstart.value:%Y-%m-%d %H:%M}", rule.tzoffsetfrom.value, rule.tzoffsetto.value)
        for rule in calendar.vtimezone.getChildren()
        if rule.name in {"STANDARD", "DAYLIGHT"} and rule.tzoffsetfrom.value != rule.tzoffsetto.value
    ]
    assert sorted(changes) == [
        ("DAYLIGHT", "2026-03-29 02:00", "+0100", "+0200"),
        ("STANDARD", "2026-10-25 03:00", "+0200", "+0100"),
    ]


def test_the_doubled_hour_is_told_in_utc_and_no_other_is() -> None:
    change = datetime(2026, 10, 25, 1, tzinfo=UTC)
    twice = [moment for moment in quarters_around(change) if happens_twice(moment, WARSAW)]
    assert (twice[0], twice[-1]) == (change - timedelta(hours=1), change + timedelta(minutes=45))
    assert b"DTSTART:20261025T013000Z" in written(visit_at(change + HALF_AN_HOUR))
    assert not any(happens_twice(moment, WARSAW) for moment in quarters_around(datetime(2026, 3, 29, 1, tzinfo=UTC)))


def test_a_zone_without_changes_has_one_rule() -> None:
    moment = datetime(2026, 7, 1, 9, tzinfo=MOSCOW)
    file = written(visit_at(moment), facility=replace(PROFILE, timezone=MOSCOW))
    assert file.count(b"BEGIN:STANDARD") == 1
    assert read(file).dtstart.value == moment


def test_a_moved_and_a_cancelled_visit_are_the_same_entry_and_newer() -> None:
    moved = replace(visit_at(datetime(2026, 11, 25, 9, 0, tzinfo=WARSAW)), version=2)
    events = [read(written(visit)) for visit in (VISIT, moved, CANCELLED)]
    assert len({event.uid.value for event in events}) == 1
    assert [event.sequence.value for event in events] == ["0", "1", "2"]


def test_two_visits_are_two_entries_whose_names_tell_nothing() -> None:
    first, second = (read(written(visit)).uid.value for visit in (VISIT, replace(VISIT, id=VisitId(8))))
    assert first != second
    assert str(VISIT.id) not in first.split("-")
    assert PROFILE.key not in first


def test_the_same_visit_of_another_house_is_another_entry() -> None:
    elsewhere = replace(PROFILE, key="elsewhere")
    assert read(written()).uid.value != read(written(facility=elsewhere)).uid.value


def test_a_cancellation_says_so_and_rings_no_more() -> None:
    file = written(CANCELLED, method=CalendarMethod.CANCEL)
    assert b"\r\nMETHOD:CANCEL\r\n" in file
    assert read(file).status.value == "CANCELLED"
    assert b"VALARM" not in file


def test_a_letter_names_who_asks_and_who_is_asked_for_nothing_more() -> None:
    event = read(written())
    assert event.organizer.value == "mailto:no-reply@diamed.example"
    assert event.attendee.value == "mailto:maria@example.com"
    assert event.attendee.params["RSVP"] == ["FALSE"]
    assert event.attendee.params["PARTSTAT"] == ["ACCEPTED"]


def test_a_file_to_keep_names_nobody_and_asks_for_nothing() -> None:
    file = written(method=None)
    assert not any(word in file for word in (b"METHOD", b"ORGANIZER", b"ATTENDEE"))
    assert read(file).dtstart.value == VISIT.starts_at


def test_the_entry_is_private_and_rings_two_hours_before() -> None:
    event = read(written())
    assert event.contents["class"][0].value == "PRIVATE"
    assert event.valarm.trigger.value == timedelta(hours=-2)


@pytest.mark.parametrize(
    "notes",
    [
        "Принесите результаты последних анализов; не ешьте, пожалуйста, за восемь часов до приёма. " * 4,
        "Proszę zabrać wyniki badań, skierowanie; zażółć gęślą jaźń, źdźbło. " * 5,
        'Commas, semicolons; back\\slashes, "quotes": and\nlines\n',
        "🙂" * 60,
    ],
)
def test_long_and_strange_texts_come_through_in_short_lines(notes: str) -> None:
    file = written(words=replace(WORDS, notes=notes))
    assert max(len(line) for line in file.split(b"\r\n")) <= 75
    assert b"\n" not in file.replace(b"\r\n", b"")
    assert read(file).description.value == notes


def test_no_text_can_add_a_property() -> None:
    evil = "Visit\r\nATTENDEE:mailto:evil@example.com\x07\u2028"
    file = calendar_file(
        VISIT,
        PROFILE,
        CalendarWords(evil, evil, evil),
        CalendarMethod.REQUEST,
        MONDAY,
        replace(PARTIES, organizer_name=evil),
    )
    assert file.count(b"\r\nATTENDEE") == 1
    assert b"\x07" not in file
    assert "\u2028" not in file.decode()


def test_what_is_not_said_leaves_no_empty_line() -> None:
    file = written(words=CalendarWords("Appointment", "", ""))
    assert b"LOCATION" not in file
    assert b"SUMMARY:Appointment\r\n" in file
