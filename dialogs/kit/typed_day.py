"""A day typed with digits: 12.03, 12/3, 12-03-2027."""

import re
from contextlib import suppress
from datetime import date
from typing import Final

from dialogs.kit.refusals import DayPast, DayTooFar, NotADate

DAY: Final = re.compile(r"([0-9]{1,2})\s*[./\- ]\s*([0-9]{1,2})(?:\s*[./\- ]\s*([0-9]{4}))?\.?")


def read_day(typed: str, first: date, last: date) -> date:
    """The day that was typed, day before month; without a year, the next one of that date within the choice.

    Refuses with NotADate, DayPast (before `first`) and DayTooFar (after `last`).
    """
    found = DAY.fullmatch(typed.strip())
    if found is None:
        raise NotADate
    day_of_month, month, year = int(found[1]), int(found[2]), found[3]
    years = [int(year)] if year else [first.year, first.year + 1]
    days = []
    for candidate in years:
        with suppress(ValueError):
            days.append(date(candidate, month, day_of_month))
    if not days:
        raise NotADate
    for day in days:
        if first <= day <= last:
            return day
    if days[0] < first:
        raise DayPast(days[0])
    raise DayTooFar(last)
