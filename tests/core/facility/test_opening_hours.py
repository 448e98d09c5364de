"""The online desk opens and closes by Warsaw's walls, whatever they say that day."""

from datetime import UTC, datetime, time

import pytest

from core.facility.refusals import DeskClosed
from tests.stage.house import PROFILE

DAYS = ["2026-07-01", "2026-10-24", "2026-10-25", "2026-11-23", "2027-03-27", "2027-03-28"]
AWAKE = PROFILE.alerts.awake


def wall(day: str, clock: str) -> datetime:
    return datetime.fromisoformat(f"{day}T{clock}").replace(tzinfo=PROFILE.timezone).astimezone(UTC)


@pytest.mark.parametrize("day", DAYS)
@pytest.mark.parametrize("clock", ["07:00:00", "12:00:00", "21:59:59.999999"])
def test_the_desk_answers_from_seven_to_ten_in_the_evening(day: str, clock: str) -> None:
    PROFILE.require_open_desk(wall(day, clock))


@pytest.mark.parametrize("day", DAYS)
@pytest.mark.parametrize("clock", ["06:59:59.999999", "22:00:00", "03:00:00", "00:00:00"])
def test_at_night_the_desk_refuses_with_its_hours_and_the_phone(day: str, clock: str) -> None:
    with pytest.raises(DeskClosed) as refused:
        PROFILE.require_open_desk(wall(day, clock))
    assert refused.value == DeskClosed(time(7), time(22), "+48 22 123 45 67")


def test_opening_moves_in_utc_with_the_change_of_time() -> None:
    assert wall("2027-03-27", "07:00") == datetime(2027, 3, 27, 6, tzinfo=UTC)
    assert wall("2027-03-28", "07:00") == datetime(2027, 3, 28, 5, tzinfo=UTC)


def test_a_day_is_the_facilitys_own() -> None:
    assert str(PROFILE.day_of(datetime(2026, 11, 23, 23, 0, tzinfo=UTC))) == "2026-11-24"


@pytest.mark.parametrize("day", DAYS)
@pytest.mark.parametrize(
    ("clock", "waits_until"), [("00:00:00", "08:00"), ("02:30:00", "08:00"), ("07:59:59.999999", "08:00")]
)
def test_what_falls_into_the_night_waits_for_the_same_morning(day: str, clock: str, waits_until: str) -> None:
    assert AWAKE.next_from(wall(day, clock), PROFILE.timezone) == wall(day, waits_until)


@pytest.mark.parametrize(
    ("evening", "morning"),
    [
        ("2026-10-24", "2026-10-25"),
        ("2026-11-23", "2026-11-24"),
        ("2026-12-31", "2027-01-01"),
        ("2027-03-27", "2027-03-28"),
    ],
)
@pytest.mark.parametrize("clock", ["21:00:00", "23:59:59.999999"])
def test_what_falls_into_the_evening_waits_for_the_next_morning(evening: str, morning: str, clock: str) -> None:
    assert AWAKE.next_from(wall(evening, clock), PROFILE.timezone) == wall(morning, "08:00")


@pytest.mark.parametrize("clock", ["08:00:00", "12:34:56", "20:59:59.999999"])
def test_what_falls_into_the_day_waits_for_nothing(clock: str) -> None:
    for day in DAYS:
        assert AWAKE.next_from(wall(day, clock), PROFILE.timezone) == wall(day, clock)
