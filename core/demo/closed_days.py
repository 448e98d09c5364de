"""The days on which a demo clinic is closed: its country's public holidays."""

from datetime import date, timedelta
from typing import Final

# Month and day. Christmas Eve is a day off in Poland since 2025.
POLISH_HOLIDAYS: Final = (
    (1, 1),
    (1, 6),
    (5, 1),
    (5, 3),
    (8, 15),
    (11, 1),
    (11, 11),
    (12, 24),
    (12, 25),
    (12, 26),
)
# Days after Easter Sunday: Easter itself and its Monday, Pentecost, Corpus Christi.
POLISH_AFTER_EASTER: Final = (0, 1, 49, 60)


def closed_days(country: str, first: date, last: date) -> frozenset[date]:
    """The closed days from `first` to `last`, both included; none for a country we have no calendar of."""
    if country != "PL":
        return frozenset()
    years = range(first.year, last.year + 1)
    fixed = {date(year, month, day) for year in years for month, day in POLISH_HOLIDAYS}
    moving = {easter(year) + timedelta(days=days) for year in years for days in POLISH_AFTER_EASTER}
    return frozenset(day for day in fixed | moving if first <= day <= last)


def easter(year: int) -> date:
    """Easter Sunday of the Gregorian calendar: the Sunday after the first full moon of spring."""
    century, golden = year // 100, year % 19
    moon_drift = (8 * century + 13) // 25 - century + century // 4
    days_to_full_moon = (19 * golden + 15 - moon_drift) % 30
    if days_to_full_moon == 29 or (days_to_full_moon == 28 and golden > 10):
        days_to_full_moon -= 1
    full_moon = date(year, 3, 21) + timedelta(days=days_to_full_moon)
    return full_moon + timedelta(days=7 - full_moon.isoweekday() % 7)
