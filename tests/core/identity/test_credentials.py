"""Logins and passwords that the house makes up, and the rules for one's own."""

from datetime import date, timedelta
from random import Random

import pytest

from core.identity.credentials import (
    letters_left,
    login_from,
    require_good_password,
    require_letters_left,
    temporary_password,
)
from core.identity.patient import Patient
from core.identity.person import PatientId
from core.identity.refusals import PasswordPersonal, PasswordTooShort, TooManyLetters
from tests.stage.small_clinic import MONDAY

EWA = Patient(PatientId(1), "Ewa Łucja", "Żółć-Lis", date(1990, 2, 3), "90020312344", "+48601234567")
MINUTE = timedelta(minutes=1)


@pytest.mark.parametrize(
    ("given_names", "surname", "login"),
    [
        ("Ewa Anna", "Wiśniewska-Nowak", "ewa.wisniewska-nowak"),
        ("Łucja", "Żółć", "lucja.zolc"),
        ("Ольга", "Петрова", "olga.petrova"),
        ("Jan", "van der Berg", "jan.van-der-berg"),
        ("Jeanne", "d'Arc", "jeanne.darc"),
    ],
)
def test_a_login_is_made_of_the_name_in_plain_latin(given_names: str, surname: str, login: str) -> None:
    assert login_from(given_names, surname) == login


def test_a_login_is_never_too_long_and_never_empty() -> None:
    assert len(login_from("A" * 60, "B" * 60)) == 40
    assert login_from("ー", "ー")


def test_a_temporary_password_is_easy_to_read_off_and_hard_to_guess() -> None:
    chance = Random(1)
    made = {temporary_password(chance) for _ in range(1000)}
    assert len(made) == 1000
    assert all(len(password) == 14 and password.count("-") == 2 for password in made)
    assert not set("".join(made)) & set("il1o0")


def test_a_password_of_ones_own_has_a_length_and_no_pattern_of_one_sign() -> None:
    require_good_password("Seven-Lilies", EWA, 10)
    for password in ("Seven-Lil", "aaaaaaaaaaaaaa", "abababababab"):
        with pytest.raises(PasswordTooShort):
            require_good_password(password, EWA, 10)


@pytest.mark.parametrize(
    "password",
    [
        "i-am-EWA-here",
        "lucja-in-the-sky",
        "ZOLC-and-more",
        "zażółć-jaźń",
        "lis-and-other",
        "born-03021990-x",
        "born-19900203-x",
        "born-03.02.1990",
        "my-900203-id-is",
        "x90020312344x",
    ],
)
def test_a_password_holds_nothing_that_others_know_of_the_person(password: str) -> None:
    with pytest.raises(PasswordPersonal):
        require_good_password(password, EWA, 10)


def test_three_letters_in_a_quarter_of_an_hour_and_ten_a_day() -> None:
    lately = [MONDAY - 14 * MINUTE, MONDAY - 13 * MINUTE]
    assert letters_left([], MONDAY) == 3
    assert letters_left(lately, MONDAY) == 1
    assert letters_left([MONDAY - 15 * MINUTE] * 3, MONDAY) == 3
    assert letters_left([MONDAY - timedelta(hours=5)] * 9, MONDAY) == 1
    assert letters_left([MONDAY - timedelta(hours=5)] * 10, MONDAY) == 0


def test_the_wait_for_the_next_letter_is_told() -> None:
    with pytest.raises(TooManyLetters) as lately:
        require_letters_left([MONDAY - 14 * MINUTE, MONDAY - MINUTE, MONDAY], MONDAY)
    assert lately.value.wait == MINUTE
    with pytest.raises(TooManyLetters) as today:
        require_letters_left([MONDAY - timedelta(hours=5)] * 10, MONDAY)
    assert today.value.wait == timedelta(hours=19)
