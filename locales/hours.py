"""Opening hours and emergency numbers, in words."""

from collections.abc import Collection, Sequence
from datetime import time
from itertools import pairwise
from typing import Final, Protocol, runtime_checkable

from locales.dates import clock_time
from locales.language import Language
from locales.setting import Setting


@runtime_checkable
class Hours(Protocol):
    """When something is open. Some also name their `weekdays` (0 is Monday); without, it is every day."""

    @property
    def opens(self) -> time: ...

    @property
    def closes(self) -> time: ...


_EVERY_DAY: Final = {
    Language.EN: "every day",
    Language.IT: "tutti i giorni",
    Language.RU: "ежедневно",
    Language.PL: "codziennie",
}
_DAYS: Final = {
    Language.EN: ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
    Language.IT: ("lunedì", "martedì", "mercoledì", "giovedì", "venerdì", "sabato", "domenica"),
    Language.RU: ("пн", "вт", "ср", "чт", "пт", "сб", "вс"),
    Language.PL: ("poniedziałek", "wtorek", "środa", "czwartek", "piątek", "sobota", "niedziela"),
}
_POLISH_GENITIVE: Final = ("poniedziałku", "wtorku", "środy", "czwartku", "piątku", "soboty", "niedzieli")
_OR: Final = {Language.EN: " or ", Language.IT: " o il ", Language.RU: " или ", Language.PL: " lub "}


def hours(value: object, setting: Setting) -> str:
    """Days and hours after a colon: one span, or several with semicolons between."""
    spans = value if isinstance(value, Sequence) else [value]
    return "; ".join(_span(span, setting) for span in spans)


def emergency(value: object, setting: Setting) -> str:
    """The numbers to call, any of them: «103 o il 112»."""
    if isinstance(value, str) or not isinstance(value, Sequence):
        raise TypeError("emergency numbers come as a sequence of texts")
    return _OR[setting.language].join(str(number) for number in value)


def _span(span: object, setting: Setting) -> str:
    if not isinstance(span, Hours):
        raise TypeError(f"opening hours are needed here, not {type(span).__name__}")
    weekdays: Collection[int] = getattr(span, "weekdays", range(7))
    opens, closes = clock_time(span.opens, setting), clock_time(span.closes, setting)
    return f"{_weekdays(sorted(weekdays), setting.language)}, {opens}–{closes}"


def _weekdays(days: list[int], language: Language) -> str:
    if days == list(range(7)):
        return _EVERY_DAY[language]
    unbroken = all(later == earlier + 1 for earlier, later in pairwise(days))
    if unbroken and len(days) > 1:
        return _range(days[0], days[-1], language)
    return ", ".join(_DAYS[language][day] for day in days)


def _range(first: int, last: int, language: Language) -> str:
    names = _DAYS[language]
    match language:
        case Language.EN:
            return f"{names[first]} to {names[last]}"
        case Language.IT:
            return f"dal {names[first]} {'alla' if last == 6 else 'al'} {names[last]}"
        case Language.RU:
            return f"{names[first]}–{names[last]}"
        case Language.PL:
            return f"od {_POLISH_GENITIVE[first]} do {_POLISH_GENITIVE[last]}"
