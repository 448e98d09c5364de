from datetime import date

import pytest

from core.demo.closed_days import closed_days, easter


@pytest.mark.parametrize(
    "sunday",
    [
        date(1954, 4, 18),
        date(1981, 4, 19),
        date(2024, 3, 31),
        date(2025, 4, 20),
        date(2026, 4, 5),
        date(2027, 3, 28),
        date(2038, 4, 25),
        date(2049, 4, 18),
    ],
)
def test_easter_is_when_the_church_keeps_it(sunday: date) -> None:
    assert easter(sunday.year) == sunday


def test_poland_has_fourteen_public_holidays() -> None:
    closed = closed_days("PL", date(2026, 1, 1), date(2026, 12, 31))
    assert len(closed) == 14
    assert {date(2026, 4, 6), date(2026, 5, 24), date(2026, 6, 4), date(2026, 11, 11)} <= closed


def test_closed_days_are_only_those_asked_for() -> None:
    assert closed_days("PL", date(2026, 12, 26), date(2027, 1, 5)) == {date(2026, 12, 26), date(2027, 1, 1)}
    assert not closed_days("IT", date(2026, 12, 26), date(2027, 1, 5))
