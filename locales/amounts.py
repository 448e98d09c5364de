"""Money, numbers, lengths of time and sizes of files. Number and unit never part at a line's end."""

from datetime import timedelta
from decimal import Decimal
from typing import Final, Protocol, runtime_checkable

from locales.language import Language
from locales.setting import Setting

NBSP: Final = "\N{NO-BREAK SPACE}"
_UNPRINTABLE_IN_SMS: Final = str.maketrans({NBSP: " ", "\N{NARROW NO-BREAK SPACE}": " "})

_SIGNS: Final = {"EUR": "€", "PLN": "zł", "RUB": "₽"}
_GROUPS: Final = {Language.EN: ",", Language.IT: ".", Language.RU: NBSP, Language.PL: NBSP}
_DECIMALS: Final = {Language.EN: ".", Language.IT: ",", Language.RU: ",", Language.PL: ","}
# Hours, minutes, seconds.
_CLOCK_UNITS: Final = {
    Language.EN: ("h", "min", "s"),
    Language.IT: ("h", "min", "s"),
    Language.RU: ("ч", "мин", "с"),
    Language.PL: ("godz.", "min", "s"),
}
_LATIN_SIZES: Final = ("KB", "MB", "GB")
_CYRILLIC_SIZES: Final = ("КБ", "МБ", "ГБ")


@runtime_checkable
class Money(Protocol):
    """An amount in cents and the facility's own currency (ISO 4217)."""

    @property
    def cents(self) -> int: ...

    @property
    def currency(self) -> str: ...


def plain_spaces(text: str) -> str:
    """The text with ordinary spaces only: one non-breaking space makes an SMS cost three."""
    return text.translate(_UNPRINTABLE_IN_SMS)


def money(value: object, setting: Setting) -> str:
    """The amount with the facility's own sign: after the number, except for € in English."""
    if not isinstance(value, Money):
        raise TypeError(f"money is needed here, not {type(value).__name__}")
    whole, cents = divmod(abs(value.cents), 100)
    minus = "-" if value.cents < 0 else ""
    amount = _grouped(str(whole), f"{cents:02}" if cents else "", setting.language)
    sign = _SIGNS.get(value.currency, value.currency)
    if setting.language is Language.EN and sign == "€":
        return f"{minus}{sign}{amount}"
    return f"{minus}{amount}{NBSP}{sign}"


def number(value: object, setting: Setting) -> str:
    """A quantity. Numbers that are names (of a request, of an invoice) are printed without a format."""
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        raise TypeError(f"a number is needed here, not {type(value).__name__}")
    whole, _, fraction = f"{abs(value):f}".partition(".")
    fraction = fraction.rstrip("0")
    return ("-" if value < 0 else "") + _grouped(whole, fraction, setting.language)


def duration(value: object, setting: Setting) -> str:
    """A wait, rounded up so that nobody comes back too early: seconds alone, or hours and minutes."""
    if not isinstance(value, timedelta):
        raise TypeError(f"a length of time is needed here, not {type(value).__name__}")
    hour_sign, minute_sign, second_sign = _CLOCK_UNITS[setting.language]
    seconds = max(0, -(-value // timedelta(seconds=1)))
    if seconds < 60:
        return f"{seconds}{NBSP}{second_sign}"
    hours, minutes = divmod(-(-seconds // 60), 60)
    parts = [(hours, hour_sign), (minutes, minute_sign)]
    return NBSP.join(f"{count}{NBSP}{sign}" for count, sign in parts if count)


def size(value: object, setting: Setting) -> str:
    """Bytes as kilobytes, megabytes or gigabytes of 1024, as Telegram counts them."""
    if isinstance(value, bool) or not isinstance(value, int):
        raise TypeError(f"a number of bytes is needed here, not {type(value).__name__}")
    units = _CYRILLIC_SIZES if setting.language is Language.RU else _LATIN_SIZES
    power = 3 if value >= 1024**3 else 2 if value >= 1024**2 else 1
    rounded = round(Decimal(value) / 1024**power, 1)
    return f"{number(rounded, setting)}{NBSP}{units[power - 1]}"


def _grouped(whole: str, fraction: str, language: Language) -> str:
    grouped = f"{int(whole):,}".replace(",", _GROUPS[language])
    return grouped + (_DECIMALS[language] + fraction if fraction else "")
