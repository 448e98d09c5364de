"""The named formats a text may use, and the values that need none."""

from collections.abc import Callable, Mapping
from enum import Enum
from types import MappingProxyType
from typing import Final

from locales import amounts, dates, hours
from locales.setting import Setting

Format = Callable[[object, Setting], str]

# A label that is itself a text of the catalogs, like the state of a request: `{state:words}`.
WORDS: Final = "words"

_CALENDAR: Final[Mapping[str, Format]] = {
    "when": dates.when,
    "day": dates.day,
    "until": dates.until,
    "short": dates.short,
    "sms": dates.sms,
    "near": dates.near,
    "birth": dates.birth,
    "weekday": dates.weekday,
    "month": dates.month,
    "hours": hours.hours,
}
_MEASURES: Final[Mapping[str, Format]] = {
    "time": dates.clock_time,
    "money": amounts.money,
    "number": amounts.number,
    "duration": amounts.duration,
    "size": amounts.size,
    "emergency": hours.emergency,
}
FORMATS: Final[Mapping[str, Format]] = MappingProxyType({**_CALENDAR, **_MEASURES})
# In it, ru and pl weekdays and months are lower case: the first letter rises where the value opens a line.
RAISED: Final = frozenset(_CALENDAR)


def as_it_stands(value: object) -> str:
    """A value without a format: a text, or a whole number. Nothing else has one right way of being said."""
    if isinstance(value, Enum | bool) or not isinstance(value, str | int):
        raise TypeError(f"{type(value).__name__} needs a named format")
    return str(value)
