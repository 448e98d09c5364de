"""The first log-in with the password from the letter: one's own comes first, and nothing goes past that."""

from datetime import timedelta

import pytest

from core.identity.refusals import (
    NewPasswordNeeded,
    PasswordPersonal,
    PasswordSentBefore,
    PasswordTooShort,
    WrongCredentials,
)
from tests.dialogs.steps import said
from tests.stage.patient import Phone, Screen
from tests.stage.small_clinic import CHEAP, EYES, MARIA
from tests.stage.stage import Stage

SENT = "sent-pass-word"
OWN = "Seven-Lilies-7"
RULES = "Please choose a password:"
SAVED = "Your new password is saved. We have deleted the message with it."


async def was_sent(stage: Stage) -> None:
    """Maria has an account with nothing but the password from a letter."""
    change = "UPDATE accounts SET password_hash = '', temporary_hash = ?, temporary_until = ? WHERE login = ?"
    await stage.writes(change, [(CHEAP.hash(SENT), "2026-11-30 09:00:00.000000", MARIA.login)])


async def logs_in_with_sent(stage: Stage, command: str = "/start") -> Phone:
    await was_sent(stage)
    phone = stage.phone(MARIA)
    await phone.says(command)
    screen = await phone.sees()
    if "Log in" in screen.buttons:
        await phone.presses("Log in")
    await types(phone, MARIA.login, SENT)
    await phone.sees(RULES)
    return phone


async def types(phone: Phone, login: str, password: str) -> None:
    await phone.sees("Please type your login.")
    await phone.says(login)
    await phone.sees("Please type your password.")
    await phone.says(password)


async def refused(stage: Stage, phone: Phone, typed: str) -> tuple[str, Screen]:
    await phone.says(typed)
    screen = await phone.sees()
    await stage.is_quiet()
    return [message.text for message in await phone.messages() if not message.buttons][-1], screen


@pytest.mark.rule("DIAMED-12")
async def test_the_first_log_in_asks_for_a_password_of_ones_own_and_leads_on(stage: Stage) -> None:
    phone = await logs_in_with_sent(stage, "/visits")
    rules = await phone.screen()
    assert "at least 10 characters" in rules
    assert "We will delete the message with your password at once." in rules

    await phone.says(OWN)

    await phone.sees("No visits planned.")
    await phone.reads(SAVED)
    assert OWN not in await phone.own_words()
    await phone.says("/logout")
    await phone.sees("Log in")
    await phone.presses("Log in")
    await types(phone, MARIA.login, OWN)
    await phone.sees("Hello! How can we help you?", "Planned visits")


@pytest.mark.rule("DIAMED-12")
async def test_the_password_that_was_sent_is_void_afterwards(stage: Stage) -> None:
    phone = await logs_in_with_sent(stage)
    await phone.says(OWN)
    await phone.sees("Hello! How can we help you?")
    await phone.says("/logout")
    await phone.sees("Log in")
    await phone.presses("Log in")

    await types(phone, MARIA.login, SENT)

    await phone.reads(said(WrongCredentials(timedelta(0))))


COMMANDS = ["/book", "/visits", "/settings"]


@pytest.mark.rule("DIAMED-12")
async def test_no_command_and_no_button_goes_past_it(stage: Stage) -> None:
    phone = await logs_in_with_sent(stage)

    for command in COMMANDS:
        await phone.says(command)
        await phone.sees(RULES)
    for button in ("Book a visit", "Planned visits"):
        await phone.says("/start")
        await phone.sees("Hello! How can we help you?")
        await phone.presses(button)
        assert phone.answer is None
        await phone.sees(RULES)
    await phone.says("/help")
    await phone.sees("How this works")
    await phone.says("/settings")
    await phone.sees(RULES)
    await phone.says(OWN)
    await phone.sees("No visits planned.")


async def test_afterwards_one_is_where_one_was_going(stage: Stage) -> None:
    phone = await logs_in_with_sent(stage)
    await phone.says("/book")
    await phone.sees(RULES)

    await phone.says(OWN)

    await phone.sees("Please choose a clinic.", EYES.name)
    assert "Hello!" in await phone.taps("Back")


WEAK = [
    ("short", PasswordTooShort(10)),
    ("aaaaaaaaaaaa", PasswordTooShort(10)),
    ("my-name-is-MARIA", PasswordPersonal()),
    ("zielinska-1234", PasswordPersonal()),
    ("x-01.01.1980-x", PasswordPersonal()),
    (SENT, PasswordSentBefore()),
]


async def test_a_weak_password_is_refused_deleted_and_asked_anew(stage: Stage) -> None:
    phone = await logs_in_with_sent(stage)

    for typed, refusal in WEAK:
        told, screen = await refused(stage, phone, typed)
        assert told == said(refusal), typed
        assert RULES in screen
        assert typed not in await phone.own_words()
    await phone.says(OWN)
    await phone.reads(SAVED)


async def test_one_may_log_out_instead(stage: Stage) -> None:
    phone = await logs_in_with_sent(stage)

    await phone.taps("Log out")

    await phone.sees("Hello! How can we help you?", "Log in")
    await phone.taps("Log in")
    await types(phone, MARIA.login, SENT)
    await phone.sees(RULES)


async def test_a_session_that_ends_before_the_choice_leads_back_to_it(stage: Stage) -> None:
    phone = await logs_in_with_sent(stage, "/visits")
    await stage.move_clock(minutes=31)

    await phone.says(OWN)
    await phone.sees("For your safety this session has ended.")
    await types(phone, MARIA.login, SENT)
    await phone.sees(RULES)
    await phone.says(OWN)

    await phone.sees("No visits planned.")
    assert "Hello!" in await phone.taps("Back")


async def test_a_password_that_was_sent_is_good_for_seven_days(stage: Stage) -> None:
    await was_sent(stage)
    await stage.move_clock(days=8)
    phone = stage.phone(MARIA)
    await phone.says("/visits")

    await types(phone, MARIA.login, SENT)

    await phone.reads("Login and password do not match. Nothing is lost: please try once more.")


async def test_the_refusal_has_words_of_its_own() -> None:
    assert "a password of your own" in said(NewPasswordNeeded())
