"""A session ends after half an hour without a word, or after twelve hours; what was open waits for its person."""

import pytest

from tests.dialogs.steps import FIRST_FREE, holds_first_time, opens_only_visit
from tests.stage.patient import Phone, Screen
from tests.stage.small_clinic import EYES, LIS, MARIA, NOWAK, PAOLO
from tests.stage.stage import Stage

ENDED = "For your safety this session has ended.\nWhat you typed is saved: log in again to go on."


async def logs_in_again(phone: Phone) -> None:
    await phone.sees(ENDED, "Please type your login.")
    await phone.says(MARIA.login)
    await phone.sees("Please type your password.", f"Login: {MARIA.login}")
    await phone.says(MARIA.password)
    await phone.reads("You are logged in.")


async def is_choosing_with_nowak(stage: Stage) -> Phone:
    """In the middle of a booking: the eye clinic, one doctor, one day, the times on screen."""
    phone = await stage.logged_in(MARIA)
    await phone.taps("Book a visit", EYES.name, "Choose a doctor", f"Mon 23/11, {NOWAK.name}", "25")
    return phone


async def test_after_half_an_hour_the_next_tap_leads_to_log_in_and_back_into_the_booking(stage: Stage) -> None:
    phone = await is_choosing_with_nowak(stage)
    await stage.move_clock(minutes=30)

    await phone.presses("10:30")
    await logs_in_again(phone)

    assert f"Doctor: {NOWAK.name}" in await phone.sees("Please choose a time: Wednesday 25 November", "10:30")
    await phone.taps("10:30", "Confirm the booking")
    assert "Wednesday 25 November, 10:30" in await phone.reads("Your visit is booked.")


async def test_a_session_in_use_goes_on(stage: Stage) -> None:
    phone = await is_choosing_with_nowak(stage)

    await stage.move_clock(minutes=29)
    await phone.taps("Another day", "26")
    await stage.move_clock(minutes=29)
    await phone.presses("10:30")

    await phone.sees("Confirm the booking")


async def test_the_confirmation_waits_for_log_in_too(stage: Stage) -> None:
    phone = await stage.logged_in(MARIA)
    await holds_first_time(phone)
    await stage.move_clock(minutes=31)

    await phone.presses("Confirm the booking")
    assert stage.rows("SELECT count(*) FROM visits") == [(0,)]
    await logs_in_again(phone)

    # By now 11:00 begins too soon: in less than half an hour.
    await phone.sees("Confirm the booking")
    await phone.presses("Confirm the booking")
    await phone.sees("The first free times:", "Mon 23/11, 11:30, Lis")


async def test_a_typed_reason_is_kept_over_the_end_of_the_session(stage: Stage) -> None:
    await stage.books(MARIA, LIS, FIRST_FREE)
    phone = await stage.logged_in(MARIA)
    await opens_only_visit(phone)
    await phone.presses("Cancel the visit")
    await stage.move_clock(minutes=31)

    await phone.says("A cold")
    await logs_in_again(phone)

    assert "Reason: A cold" in await phone.sees("Cancel this visit?", "Yes, cancel the visit")


@pytest.mark.parametrize("kind", [None, "sticker"])
async def test_what_cannot_be_used_leads_to_log_in_as_well(stage: Stage, kind: str | None) -> None:
    await stage.books(MARIA, LIS, FIRST_FREE)
    phone = await stage.logged_in(MARIA)
    await opens_only_visit(phone)
    if kind:
        await phone.presses("Cancel the visit")
    await stage.move_clock(minutes=31)

    await phone.says("good morning", kind=kind)
    await logs_in_again(phone)

    await phone.sees("May we ask why?" if kind else "Status of the visit: Confirmed")


async def test_after_twelve_hours_one_logs_in_again_however_busy(stage: Stage) -> None:
    phone = await stage.logged_in(MARIA)
    screen: Screen = await phone.screen()

    for _ in range(25):
        await stage.move_clock(minutes=28)
        screen = await phone.taps("Planned visits")
        assert "No visits planned." in screen
        await phone.presses("Back")
    await stage.move_clock(minutes=21)

    await phone.presses("Planned visits")
    await phone.sees(ENDED)


async def test_the_menu_of_an_ended_session_offers_log_in(stage: Stage) -> None:
    phone = await stage.logged_in(MARIA)
    await stage.move_clock(minutes=31)

    await phone.says("/start")

    assert "Log in" in (await phone.sees("Hello! How can we help you?")).buttons


async def test_somebody_else_who_logs_in_on_the_phone_does_not_see_what_was_open(stage: Stage) -> None:
    phone = await is_choosing_with_nowak(stage)
    await stage.move_clock(minutes=31)
    await phone.presses("10:30")
    await phone.sees(ENDED)

    await phone.says(PAOLO.login)
    await phone.sees("Please type your password.")
    await phone.says(PAOLO.password)

    menu = await phone.sees("Hello! How can we help you?", "Planned visits")
    assert NOWAK.name not in menu
    assert EYES.name not in await phone.chat_text()
    assert NOWAK.name not in await phone.taps("Book a visit", EYES.name)
