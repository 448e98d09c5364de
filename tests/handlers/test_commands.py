"""Commands: known to Telegram in every language, at work on every screen."""

import random
from typing import Final

import pytest

from handlers.command_list import COMMANDS
from tests.dialogs.steps import FIRST_FREE
from tests.stage.small_clinic import EVERYBODY, EYES, LIS, MARIA, NOWAK, Somebody
from tests.stage.stage import Stage
from tests.stage.voice import speech_in

SAME_NUMBER_THRICE: Final = 3006


@pytest.mark.parametrize("who", EVERYBODY, ids=lambda who: who.language)
async def test_telegrams_menu_names_them_in_the_persons_language(stage: Stage, who: Somebody) -> None:
    phone = await stage.logged_in(who)

    offered = await phone.commands()

    assert offered == {name: speech_in(who.language).say(words) for name, words in COMMANDS.items()}


async def test_each_command_opens_its_screen_with_the_menu_beneath(stage: Stage) -> None:
    await stage.books(MARIA, LIS, FIRST_FREE)
    phone = await stage.logged_in(MARIA)
    for command, words in [
        ("/book", "Please choose a clinic."),
        ("/visits", "You have 1 planned visit."),
        ("/settings", "Account:"),
        ("/help", "How this works"),
        ("/language", "Please choose a language."),
    ]:
        await phone.says("/start")
        await phone.sees("Hello! How can we help you?")
        await phone.says(command)
        await phone.sees(words)
        assert "Hello!" in await phone.taps("Back"), command


async def test_a_look_elsewhere_keeps_the_booking(stage: Stage) -> None:
    phone = await stage.logged_in(MARIA)
    await phone.taps("Book a visit", EYES.name, "Choose a doctor", f"Mon 23/11, {NOWAK.name}", "25")

    for command in ("/settings", "/help", "/language"):
        await phone.says(command)
        await phone.sees("Back")
        await phone.presses("Back")

        await phone.sees("Please choose a time: Wednesday 25 November", f"Doctor: {NOWAK.name}", "09:00")


async def test_start_and_cancel_lead_out_of_everything(stage: Stage) -> None:
    phone = await stage.logged_in(MARIA)
    for command in ("/start", "/cancel"):
        await phone.taps("Book a visit", EYES.name, "25")

        await phone.says(command)

        await phone.sees("Hello! How can we help you?", "Book a visit")


async def test_a_screen_left_by_a_command_leaves_the_chat(stage: Stage) -> None:
    phone = await stage.logged_in(MARIA)
    await phone.taps("Book a visit", EYES.name)

    await phone.says("/visits")
    await phone.sees("No visits planned.")

    assert EYES.name not in await phone.chat_text()


async def test_commands_as_people_write_them(stage: Stage) -> None:
    phone = await stage.logged_in(MARIA)

    for command in ("/BOOK", "/book@demo_100200300_bot", "/book please"):
        await phone.says(command)

        await phone.sees("Please choose a clinic.")


async def test_looks_in_passing_do_not_pile_up(stage: Stage) -> None:
    phone = await stage.logged_in(MARIA)
    await phone.taps("Book a visit", EYES.name)

    for _ in range(40):
        for command in ("/help", "/settings", "/language"):
            await phone.says(command)
    await stage.is_quiet()
    await phone.sees("Please choose a language.")

    assert EYES.name in await phone.taps("Back")


async def test_screens_opened_in_the_same_second_keep_their_own_forms(stage: Stage) -> None:
    phone = stage.phone(MARIA)
    await phone.says("/start")
    await phone.sees("Log in")

    # The library draws the names of its forms from a hundred: menu, visits and log-in would now get the same one.
    random.seed(SAME_NUMBER_THRICE)
    await phone.says("/visits")
    await phone.sees("Please type your login.")
    await phone.says(MARIA.login)
    await phone.sees("Please type your password.")
    await phone.says(MARIA.password)

    await phone.sees("No visits planned.")
    assert "Hello!" in await phone.taps("Back")


async def test_logging_out_twice_is_no_trouble(stage: Stage) -> None:
    phone = await stage.logged_in(MARIA)

    for _ in range(2):
        await phone.says("/logout")
        await phone.sees("Log in")


async def test_a_command_in_the_middle_of_log_in_is_no_password(stage: Stage) -> None:
    phone = stage.phone(MARIA)
    await phone.says("/visits")
    await phone.sees("Please type your login.")
    await phone.says(MARIA.login)
    await phone.sees("Please type your password.")

    await phone.says("/help")

    await phone.sees("How this works")
    assert stage.rows("SELECT count(*) FROM log_in_attempts") == [(0,)]
