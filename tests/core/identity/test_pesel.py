"""PESEL: eleven digits that tell date of birth and sex; a right check digit is no proof of identity."""

from datetime import date

import pytest

from core.identity.pesel import Birth, read_pesel
from core.identity.refusals import NotAnIdentifier, WrongIdentifier
from core.identity.sex import Sex

TODAY = date(2026, 11, 23)


def test_date_of_birth_and_sex_are_read_from_it() -> None:
    assert read_pesel("90020312344", TODAY) == Birth("90020312344", date(1990, 2, 3), Sex.FEMALE)
    assert read_pesel("80010100116", TODAY) == Birth("80010100116", date(1980, 1, 1), Sex.MALE)


def test_the_century_stands_in_the_month() -> None:
    assert read_pesel("20320101236", TODAY).born == date(2020, 12, 1)


@pytest.mark.parametrize(
    "typed", ["９００２０３１２３４４", "900203 12344", " 90020312344\n", "900203\u00a012344", "900203-12344"]
)
def test_full_width_digits_blanks_and_hyphens_are_forgiven(typed: str) -> None:
    assert read_pesel(typed, TODAY).identifier == "90020312344"


@pytest.mark.parametrize(
    ("typed", "count"),
    [("9002031234", 10), ("900203123444", 12), ("", 0), ("hello", 0), ("9002031234X", 10), ("٩٠٠٢٠٣١٢٣٤٤", 11)],
)
def test_anything_but_eleven_digits_is_told_with_its_count(typed: str, count: int) -> None:
    with pytest.raises(NotAnIdentifier) as refused:
        read_pesel(typed, TODAY)
    assert refused.value == NotAnIdentifier(11, count)


@pytest.mark.parametrize("digit", [digit for digit in "0123456789" if digit != "4"])
def test_a_wrong_check_digit_is_refused(digit: str) -> None:
    with pytest.raises(WrongIdentifier):
        read_pesel(f"9002031234{digit}", TODAY)


def test_a_day_that_does_not_exist_is_refused() -> None:
    with pytest.raises(WrongIdentifier):
        read_pesel("90023012341", TODAY)


def test_whoever_is_born_tomorrow_has_no_pesel_yet() -> None:
    assert read_pesel("26312304324", TODAY).born == TODAY
    with pytest.raises(WrongIdentifier):
        read_pesel("26312401236", TODAY)
