"""What our buttons carry, read back with care: anybody may send us a button that we never made."""

from datetime import date
from typing import Final

from core.errors import NotFound
from locales.translator import Language

LONGEST_ID: Final = 16
FIRST_DAY: Final = date(2000, 1, 1)
LAST_DAY: Final = date(2999, 12, 31)


def may_be_id(mark: str) -> bool:
    return mark.isascii() and mark.isdigit() and len(mark) <= LONGEST_ID


def read_id(mark: str) -> int:
    """A whole number that may be an id. Refuses with NotFound."""
    if not may_be_id(mark):
        raise NotFound
    return int(mark)


def read_day_mark(mark: str) -> date:
    """A day by its ordinal. Refuses with NotFound."""
    number = read_id(mark)
    if not FIRST_DAY.toordinal() <= number <= LAST_DAY.toordinal():
        raise NotFound
    return date.fromordinal(number)


def read_language(mark: str) -> Language:
    """One of the languages we speak. Refuses with NotFound."""
    if mark not in {language.value for language in Language}:
        raise NotFound
    return Language(mark)
