"""Slots made from rules by the clock on the wall, also on the days when that clock jumps."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from core.visits.agenda import Agenda, AgendaId
from core.visits.doctor import DoctorId
from core.visits.outpatient_clinic import ClinicId

WARSAW = ZoneInfo("Europe/Warsaw")
SUMMER_BEGINS = date(2027, 3, 28)  # 02:00 becomes 03:00
WINTER_BEGINS = date(2026, 10, 25)  # 03:00 becomes 02:00
SUNDAY = 6


def agenda(weekday: int, starts: time, ends: time, minutes: int = 30) -> Agenda:
    return Agenda(AgendaId(1), DoctorId(1), ClinicId(1), weekday, starts, ends, minutes)


def on(day: date, rules: Agenda) -> list[tuple[datetime, datetime]]:
    return [(starts, ends) for _, starts, ends in rules.visits_between(day, day, WARSAW)]


def walls(slots: list[tuple[datetime, datetime]]) -> list[str]:
    return [starts.astimezone(WARSAW).strftime("%H:%M") for starts, _ in slots]


def test_the_hour_that_summer_time_leaves_out_has_no_slots() -> None:
    night = on(SUMMER_BEGINS, agenda(SUNDAY, time(1), time(4)))
    assert walls(night) == ["01:00", "01:30", "03:00", "03:30"]


def test_the_hour_that_comes_twice_is_offered_once() -> None:
    night = on(WINTER_BEGINS, agenda(SUNDAY, time(1), time(4)))
    assert walls(night) == ["01:00", "01:30", "02:00", "02:30", "03:00", "03:30"]
    assert night[2][0] == datetime(2026, 10, 25, 0, 0, tzinfo=UTC)


@pytest.mark.parametrize("day", [SUMMER_BEGINS, WINTER_BEGINS])
def test_slots_of_the_morning_after_stand_by_the_wall(day: date) -> None:
    assert walls(on(day, agenda(SUNDAY, time(9), time(10)))) == ["09:00", "09:30"]


@pytest.mark.parametrize("day", [SUMMER_BEGINS, WINTER_BEGINS])
@pytest.mark.parametrize("minutes", [7, 20, 45, 50, 90])
def test_a_doctor_never_has_two_visits_at_once(day: date, minutes: int) -> None:
    night = on(day, agenda(SUNDAY, time(0), time(6), minutes))
    assert all(ends <= following for (_, ends), (following, _) in pairwise(night))


@pytest.mark.parametrize("day", [SUMMER_BEGINS, WINTER_BEGINS])
def test_every_slot_is_as_long_as_a_visit(day: date) -> None:
    night = on(day, agenda(SUNDAY, time(0), time(6), 45))
    assert {ends - starts for starts, ends in night} == {timedelta(minutes=45)}


def test_a_day_named_by_a_slot_is_the_day_on_the_wall() -> None:
    [slot] = agenda(0, time(0), time(0, 30)).visits_between(date(2026, 11, 23), date(2026, 11, 23), WARSAW)
    assert slot == (
        date(2026, 11, 23),
        datetime(2026, 11, 22, 23, 0, tzinfo=UTC),
        datetime(2026, 11, 22, 23, 30, tzinfo=UTC),
    )


def test_closed_days_have_no_slots() -> None:
    mondays = agenda(0, time(9), time(9, 30))
    closed = frozenset({date(2026, 11, 30)})
    days = [day for day, _, _ in mondays.visits_between(date(2026, 11, 23), date(2026, 12, 7), WARSAW, closed)]
    assert days == [date(2026, 11, 23), date(2026, 12, 7)]


@pytest.mark.parametrize("weekday", range(7))
def test_both_ends_of_a_span_are_included(weekday: int) -> None:
    """Four whole weeks, from a Monday to a Sunday, have each weekday four times."""
    rules = agenda(weekday, time(9), time(9, 30))
    days = [day for day, _, _ in rules.visits_between(date(2026, 11, 23), date(2026, 12, 20), WARSAW)]
    assert len(days) == 4
    assert {day.weekday() for day in days} == {weekday}


def test_a_span_without_the_weekday_is_empty() -> None:
    rules = agenda(0, time(9), time(10))
    assert not list(rules.visits_between(date(2026, 11, 24), date(2026, 11, 29), WARSAW))


def test_what_is_left_over_at_the_end_is_no_slot() -> None:
    assert walls(on(date(2026, 11, 23), agenda(0, time(9), time(10, 20)))) == ["09:00", "09:30"]
