from datetime import date

import pytest

from core.facility.closed_days import closed_days


def test_poland_has_fourteen_public_holidays() -> None:
    closed = closed_days("PL", date(2026, 1, 1), date(2026, 12, 31))
    assert len(closed) == 14
    assert {date(2026, 4, 6), date(2026, 5, 24), date(2026, 6, 4), date(2026, 11, 11)} <= closed


@pytest.mark.parametrize(
    ("country", "holiday"),
    [
        ("PL", date(2026, 12, 24)),  # a day off since 2025
        ("IT", date(2026, 6, 2)),
        ("IT", date(2027, 3, 29)),  # the Monday after Easter
        ("RU", date(2026, 5, 9)),
    ],
)
def test_each_country_keeps_its_own_holidays(country: str, holiday: date) -> None:
    assert closed_days(country, holiday, holiday) == {holiday}


def test_christmas_eve_was_no_holiday_before_it_became_one() -> None:
    assert not closed_days("PL", date(2024, 12, 24), date(2024, 12, 24))


def test_closed_days_are_only_those_asked_for() -> None:
    assert closed_days("PL", date(2026, 12, 26), date(2027, 1, 5)) == {date(2026, 12, 26), date(2027, 1, 1)}


def test_a_country_whose_calendar_nobody_keeps_has_no_closed_days() -> None:
    assert not closed_days("XX", date(2026, 1, 1), date(2026, 12, 31))
