"""Logins and passwords that the house makes up, and the rules for one's own."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from random import Random
from typing import Final

from anyascii import anyascii

from core.identity.patient import Patient
from core.identity.refusals import PasswordPersonal, PasswordTooShort, TooManyLetters

TEMPORARY_LIVES: Final = timedelta(days=7)
DAY: Final = timedelta(days=1)
LETTERS_IN: Final = timedelta(minutes=15)
MOST_LETTERS: Final = 3
MOST_LETTERS_A_DAY: Final = 10
LONGEST_LOGIN: Final = 40
SIGNS: Final = "abcdefghjkmnpqrstuvwxyz23456789"  # none that could be taken for another
GROUPS: Final = 3
GROUP: Final = 4
SHORTEST_NAME_PART: Final = 3


def login_from(given_names: str, surname: str) -> str:
    """The first name and the surname in plain Latin letters: anna.wisniewska-nowak."""
    first = given_names.split()[0]
    plain = anyascii(f"{first}.{'-'.join(surname.split())}").casefold()
    kept = "".join(sign for sign in plain if (sign.isascii() and sign.isalpha()) or sign in ".-")
    return kept[:LONGEST_LOGIN].strip(".-") or "patient"


def temporary_password(chance: Random) -> str:
    """Three groups of four signs, easy to read off a screen: some 59 bits of chance."""
    return "-".join("".join(chance.choice(SIGNS) for _ in range(GROUP)) for _ in range(GROUPS))


def require_good_password(password: str, patient: Patient, least: int) -> None:
    """Refuse with PasswordTooShort, and with PasswordPersonal for one that holds name, birth date or identifier."""
    if len(password) < least or len(set(password)) < least // 2:
        raise PasswordTooShort(least)
    plain = anyascii(password).casefold()
    if any(part in plain for part in _personal(patient)):
        raise PasswordPersonal


def letters_left(owed_at: Sequence[datetime], now: datetime) -> int:
    """How many letters with a password may still go out now, after those that were owed at these moments of a day."""
    lately = sum(moment > now - LETTERS_IN for moment in owed_at)
    return max(0, min(MOST_LETTERS - lately, MOST_LETTERS_A_DAY - len(owed_at)))


def require_letters_left(owed_at: Sequence[datetime], now: datetime) -> None:
    """Refuse with TooManyLetters where none is left for now."""
    if letters_left(owed_at, now) == 0:
        whole_day = len(owed_at) >= MOST_LETTERS_A_DAY
        first = min(moment for moment in owed_at if whole_day or moment > now - LETTERS_IN)
        raise TooManyLetters(wait=first + (DAY if whole_day else LETTERS_IN) - now)


def _personal(patient: Patient) -> list[str]:
    names = anyascii(f"{patient.given_names} {patient.surname}").casefold().replace("-", " ").split()
    born = [
        patient.born.strftime(pattern) for pattern in ("%Y%m%d", "%d%m%Y", "%d%m%y", "%y%m%d", "%d.%m.%Y", "%Y-%m-%d")
    ]
    return [*(name for name in names if len(name) >= SHORTEST_NAME_PART), *born, patient.identifier]
