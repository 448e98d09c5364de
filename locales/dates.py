"""Days and hours as each language writes them. Formats have names, so that no translator has to choose."""

from datetime import date, datetime, time, timedelta
from typing import Final

from babel.dates import format_date

from locales.language import Language
from locales.setting import Setting

# Each pair: a day of the current year, and a day of any other.
_Patterns = dict[Language, tuple[str, str]]

_DAY: Final[_Patterns] = {
    Language.EN: ("EEEE d MMMM", "EEEE d MMMM y"),
    Language.IT: ("EEEE d MMMM", "EEEE d MMMM y"),
    Language.RU: ("EEEE, d MMMM", "EEEE, d MMMM y 'года'"),
    Language.PL: ("EEEE, d MMMM", "EEEE, d MMMM y"),
}
# After «до» and „do” a weekday would need a case; after «fino a» a bare number would need an article.
_UNTIL: Final[_Patterns] = {
    Language.EN: ("d MMMM", "d MMMM y"),
    Language.IT: ("EEEE d MMMM", "EEEE d MMMM y"),
    Language.RU: ("d MMMM", "d MMMM y 'года'"),
    Language.PL: ("d MMMM", "d MMMM y"),
}
_SHORT: Final[_Patterns] = {
    Language.EN: ("EEE dd/MM", "EEE dd/MM/y"),
    Language.IT: ("EEE dd/MM", "EEE dd/MM/y"),
    Language.RU: ("EEE, dd.MM", "EEE, dd.MM.y"),
    Language.PL: ("EEE, d.MM", "EEE, d.MM.y"),
}
_SMS: Final[_Patterns] = {
    Language.EN: ("EEE d MMM", "EEE d MMM y"),
    Language.IT: ("EEE dd/MM", "EEE dd/MM/y"),
    Language.RU: ("dd.MM", "dd.MM.y"),
    Language.PL: ("dd.MM", "dd.MM.y"),
}
# The year is never left out: an infant's date of birth is of this one.
_BIRTH: Final = {
    Language.EN: "d MMMM y",
    Language.IT: "d MMMM y",
    Language.RU: "d MMMM y 'года'",
    Language.PL: "d MMMM y",
}
_BEFORE_TIME: Final = {Language.EN: ", ", Language.IT: ", ore ", Language.RU: ", ", Language.PL: ", godz. "}
_NEAR: Final = {
    Language.EN: ("today", "tomorrow"),
    Language.IT: ("oggi", "domani"),
    Language.RU: ("сегодня", "завтра"),
    Language.PL: ("dzisiaj", "jutro"),
}
_WEEKDAY_HEADS: Final = {
    Language.EN: ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"),
    Language.IT: ("Lu", "Ma", "Me", "Gi", "Ve", "Sa", "Do"),
    Language.RU: ("Пн", "Вт", "Ср", "Чт", "Пт", "Сб", "Вс"),
    Language.PL: ("Pn", "Wt", "Śr", "Cz", "Pt", "So", "Nd"),
}


def weekday_heads(language: Language) -> tuple[str, ...]:
    """The seven column heads of a calendar, Monday first: no Polish calendar has Babel's short ones."""
    return _WEEKDAY_HEADS[language]


def day(value: object, setting: Setting) -> str:
    return _written(_DAY, value, setting)


def until(value: object, setting: Setting) -> str:
    """The day as it may stand after a preposition."""
    return _written(_UNTIL, value, setting)


def short(value: object, setting: Setting) -> str:
    """The day for buttons and lists."""
    return _written(_SHORT, value, setting)


def sms(value: object, setting: Setting) -> str:
    """The day where each character counts."""
    return _written(_SMS, value, setting)


def when(value: object, setting: Setting) -> str:
    """Day and hour, for a line of their own or after a colon."""
    return day(value, setting) + _BEFORE_TIME[setting.language] + clock_time(value, setting)


def birth(value: object, setting: Setting) -> str:
    """A date of birth, after a colon."""
    return format_date(setting.day_of(value), _BIRTH[setting.language], locale=setting.language.locale)


def near(value: object, setting: Setting) -> str:
    """Today and tomorrow by name, any other day written out."""
    today, tomorrow = _NEAR[setting.language]
    named = {setting.today: today, setting.today + timedelta(days=1): tomorrow}
    return named.get(setting.day_of(value)) or day(value, setting)


def weekday(value: object, setting: Setting) -> str:
    return format_date(setting.day_of(value), "cccc", locale=setting.language.locale)


def month(value: object, setting: Setting) -> str:
    """The head of a calendar page, always with its year: `MMMM y` would say «декабря 2026»."""
    head = format_date(setting.day_of(value), "LLLL y", locale=setting.language.locale)
    return head[:1].upper() + head[1:]


def clock_time(value: object, setting: Setting) -> str:
    """Hours and minutes, 24 hours in every language; a plain time of day is the facility's own."""
    moment = setting.local(value) if isinstance(value, datetime) else value
    if not isinstance(moment, datetime | time):
        raise TypeError(f"a time is needed here, not {type(value).__name__}")
    return f"{moment.hour:02}:{moment.minute:02}"


def _written(patterns: _Patterns, value: object, setting: Setting) -> str:
    written: date = setting.day_of(value)
    this_year, other_year = patterns[setting.language]
    pattern = this_year if setting.is_this_year(written) else other_year
    return format_date(written, pattern, locale=setting.language.locale)
