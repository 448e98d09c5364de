"""PESEL, Poland's personal identifier: eleven digits that tell date of birth and sex, with a check digit."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from stdnum.exceptions import InvalidChecksum, ValidationError
from stdnum.pl import pesel

from core.identity.refusals import NotAnIdentifier, WrongIdentifier
from core.identity.sex import Sex

LENGTH: Final = 11


@dataclass(frozen=True, slots=True)
class Birth:
    """What an identifier tells of its holder. Right digits are no proof of identity."""

    identifier: str
    born: date
    sex: Sex


def read_pesel(typed: str, today: date) -> Birth:
    """The PESEL in plain digits, with date of birth and sex; spaces and full-width digits are forgiven.

    Refuses with NotAnIdentifier for anything but eleven digits, and with WrongIdentifier where the check digit or the
    date cannot be, or lies ahead.
    """
    digits = pesel.compact("".join(typed.split()))
    if len(digits) != LENGTH or not (digits.isascii() and digits.isdigit()):
        raise NotAnIdentifier(LENGTH, sum(sign.isdigit() for sign in typed))
    try:
        pesel.validate(digits)
        born = pesel.get_birth_date(digits)
    except (InvalidChecksum, ValidationError):
        raise WrongIdentifier from None
    if born > today:
        raise WrongIdentifier
    return Birth(digits, born, Sex.FEMALE if pesel.get_gender(digits) == "F" else Sex.MALE)
