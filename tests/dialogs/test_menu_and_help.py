"""The menu of a stranger and of a patient, and help: free of charge, and never the only way (DIAMED-4, DIAMED-10)."""

import pytest

from tests.dialogs.steps import FIRST_FREE
from tests.stage.small_clinic import EVERYBODY, EYES, LIS, MARIA, Somebody
from tests.stage.stage import Stage
from tests.stage.voice import speech_in

PHONE = "+48 22 123 45 67"
RECEPTION = "ul. Zielona 12, 00-001 Warszawa"


@pytest.mark.rule("DIAMED-10")
@pytest.mark.parametrize("who", EVERYBODY, ids=lambda who: who.language)
async def test_a_strangers_menu_and_help_name_the_phone_and_the_reception(stage: Stage, who: Somebody) -> None:
    phone, say = stage.phone(who), speech_in(who.language).say

    await phone.says("/start")
    menu = await phone.sees(say("Log in"), say("Book a visit"), say("Planned visits"), say("Settings"), say("Help"))
    assert PHONE in menu
    help_screen = await phone.taps(say("Help"))

    assert all(fact in help_screen for fact in (PHONE, RECEPTION, "07:00", "22:00", "112", "999"))
    assert PHONE in await phone.taps(say("Back"))


@pytest.mark.rule("DIAMED-4")
async def test_help_says_that_it_is_free(stage: Stage) -> None:
    phone = await stage.logged_in(MARIA)

    help_screen = await phone.taps("Help")

    assert "It is free, and you need nothing but this chat." in help_screen
    assert "You never have to book online." in help_screen


async def test_the_menu_of_somebody_known_offers_no_log_in(stage: Stage) -> None:
    phone = await stage.logged_in(MARIA)

    menu = await phone.screen()

    assert menu.buttons == ("Book a visit", "Planned visits", "Settings", "Help")


@pytest.mark.rule("DIAMED-5")
async def test_a_stranger_who_books_logs_in_first_and_lands_in_the_booking(stage: Stage) -> None:
    phone = stage.phone(MARIA)
    await phone.says("/start")
    await phone.sees("Log in")

    asked = await phone.taps("Book a visit")
    assert "Please type your login." in asked
    assert PHONE in asked
    await phone.says(MARIA.login)
    await phone.sees("Please type your password.")
    await phone.says(MARIA.password)

    await phone.sees("Please choose a clinic.", EYES.name)


@pytest.mark.rule("DIAMED-5")
async def test_a_stranger_who_wants_the_visits_logs_in_first_and_lands_there(stage: Stage) -> None:
    await stage.books(MARIA, LIS, FIRST_FREE)
    phone = stage.phone(MARIA)

    await phone.says("/visits")
    await phone.sees("Please type your login.")
    await phone.says(MARIA.login)
    await phone.sees("Please type your password.")
    await phone.says(MARIA.password)

    await phone.sees("You have 1 planned visit.", f"Mon 23/11, 11:00, {LIS.surname}")
    assert "Hello!" in await phone.taps("Back")
