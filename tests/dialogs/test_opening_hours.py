"""Booking, moving and cancelling from 07:00 to 22:00, every day; everything else at any hour (DIAMED-16)."""

from datetime import time

import pytest

from core.facility.refusals import DeskClosed
from tests.dialogs.steps import TOMORROW, holds_first_time, november, opens_only_visit, said
from tests.stage.small_clinic import EYES, LIS, MARIA
from tests.stage.stage import Stage
from tests.stage.voice import speech_in

PHONE = "+48 22 123 45 67"
CLOSED = said(DeskClosed(time(7), time(22), PHONE))
LAST_SECOND = november(23, 21, 59)
# The 28th is a Saturday; each moment is days or hours after the one before, so that one logs in anew.
NIGHT = [november(23, 22), november(24, 6, 59), november(28, 22), november(29, 3)]
DAY = [LAST_SECOND, november(24, 7), november(28, 7), november(29, 21, 59)]


@pytest.mark.rule("DIAMED-10", "DIAMED-16")
async def test_outside_the_hours_nothing_is_booked_moved_or_cancelled(stage: Stage) -> None:
    visit = await stage.books(MARIA, LIS, november(30, 9))
    for moment in NIGHT:
        await stage.set_clock(moment)
        phone = await stage.logged_in(MARIA)

        assert await phone.presses("Book a visit") == CLOSED
        await phone.sees("Hello! How can we help you?")
        await opens_only_visit(phone)
        assert await phone.presses("Move") == CLOSED
        assert await phone.presses("Cancel the visit") == CLOSED
        await phone.sees("Monday 30 November, 09:00", "Confirmed")
        await phone.says("/book")
        await phone.sees("Hello! How can we help you?", "Book a visit")
        assert CLOSED in [message.text for message in await phone.messages()][-2:]
    assert stage.rows("SELECT id, status, version FROM visits") == [(visit, "confirmed", 1)]


@pytest.mark.parametrize("language", ["en", "it", "ru", "pl"])
@pytest.mark.rule("DIAMED-10", "DIAMED-16")
def test_the_refusal_names_the_hours_and_the_phone(language: str) -> None:
    words = said(DeskClosed(time(7), time(22), PHONE), speech_in(language))

    assert all(fact in words for fact in ("07:00", "22:00", PHONE))


@pytest.mark.rule("DIAMED-16")
async def test_within_the_hours_visits_are_booked_moved_and_cancelled_on_any_day(stage: Stage) -> None:
    for moment in DAY:
        await stage.set_clock(moment)
        phone = await stage.logged_in(MARIA)

        await holds_first_time(phone)
        await phone.taps("Confirm the booking", "Open the visit", "Move", "First free time")
        await phone.presses((await phone.screen()).buttons[1])
        await phone.taps("Move to the new time", "Open the visit", "Cancel the visit", "Without a reason")
        await phone.taps("Yes, cancel the visit")

        await phone.sees("The visit is cancelled.")
        await phone.says("/book")
        await phone.sees("Please choose a clinic.")
    assert stage.rows("SELECT status, version FROM visits") == [("cancelled", 3)] * len(DAY)


@pytest.mark.rule("DIAMED-16")
async def test_the_night_begins_while_somebody_is_choosing(stage: Stage) -> None:
    await stage.set_clock(LAST_SECOND)
    phone = await stage.logged_in(MARIA)
    await holds_first_time(phone)
    await stage.set_clock(november(23, 22))

    assert await phone.presses("Confirm the booking") == CLOSED

    assert "Tuesday 24 November, 09:00" in await phone.sees("Confirm the booking")
    assert stage.rows("SELECT count(*) FROM visits") == [(0,)]
    await phone.taps("Another time", "25")
    assert await phone.presses("09:00 Lis") == CLOSED
    assert "09:00 Lis" in (await phone.screen()).buttons


@pytest.mark.rule("DIAMED-16")
async def test_the_night_begins_while_somebody_is_cancelling(stage: Stage) -> None:
    await stage.books(MARIA, LIS, TOMORROW)
    await stage.set_clock(LAST_SECOND)
    phone = await stage.logged_in(MARIA)
    await opens_only_visit(phone)
    await phone.presses("Cancel the visit")
    await phone.says("A cold")
    await phone.sees("Yes, cancel the visit")
    await stage.set_clock(november(23, 22))

    assert await phone.presses("Yes, cancel the visit") == CLOSED

    assert "Reason: A cold" in await phone.sees("Yes, cancel the visit")
    assert stage.rows("SELECT status FROM visits") == [("confirmed",)]


@pytest.mark.rule("DIAMED-16")
async def test_at_night_one_logs_in_reads_and_changes_settings(stage: Stage) -> None:
    await stage.books(MARIA, LIS, TOMORROW)
    await stage.set_clock(november(23, 23))
    phone = await stage.logged_in(MARIA)

    assert EYES.name in await opens_only_visit(phone)
    assert EYES.preparation in await phone.taps("How to prepare")
    await phone.says("/settings")
    assert "Maria" in await phone.sees("Settings", "Log out")
    await phone.taps("Language", "Italiano")
    await phone.sees(speech_in("it").say("Log out"))
    await phone.says("/help")
    assert PHONE in await phone.sees("07:00")
