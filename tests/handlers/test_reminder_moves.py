"""Move and Cancel under a reminder open beneath it, and the reminder stays (DIAMED-15)."""

import pytest

from core.facility.refusals import DeskClosed
from tests.dialogs.steps import november, said
from tests.handlers.reminded import CANCEL, COMING, MOVE, THANKS, is_reminded, logs_in
from tests.stage.house import PROFILE
from tests.stage.stage import Stage


@pytest.mark.rule("DIAMED-15")
async def test_move_opens_beneath_and_the_reminder_stays(stage: Stage) -> None:
    phone, reminder, _ = await is_reminded(stage)

    await phone.presses(MOVE, reminder.message_id)

    days = await phone.sees("Back", "First free time")
    assert days.message_id > reminder.message_id
    assert reminder in await phone.messages()
    await phone.taps("26", "09:00", "Move to the new time")
    await phone.reads("Confirmation: your visit has a new time.")
    assert stage.rows("SELECT version FROM visits") == [(2,)]


@pytest.mark.rule("DIAMED-15")
async def test_cancel_opens_beneath_and_the_reminder_stays(stage: Stage) -> None:
    phone, reminder, _ = await is_reminded(stage)

    await phone.presses(CANCEL, reminder.message_id)

    asked = await phone.sees("May we ask why?")
    assert asked.message_id > reminder.message_id
    assert reminder in await phone.messages()
    assert "Status of the visit: Confirmed" in await phone.taps("Back")
    await phone.taps(CANCEL, "Without a reason", "Yes, cancel the visit")
    assert stage.rows("SELECT status FROM visits") == [("cancelled",)]


async def test_after_log_out_move_and_cancel_ask_for_log_in_and_lead_on(stage: Stage) -> None:
    phone, reminder, _ = await is_reminded(stage, logged_in=False)

    await phone.presses(CANCEL, reminder.message_id)
    await logs_in(phone)
    await phone.sees("May we ask why?", "Without a reason")

    await phone.says("/logout")
    await phone.sees("Log in")
    await phone.presses(MOVE, reminder.message_id)
    await logs_in(phone)
    await phone.sees("Status of the visit: Confirmed", MOVE)
    assert reminder in await phone.messages()


async def test_what_is_cancelled_can_only_be_looked_at(stage: Stage) -> None:
    phone, reminder, _ = await is_reminded(stage)
    await phone.presses(CANCEL, reminder.message_id)
    await phone.taps("Without a reason", "Yes, cancel the visit")

    for button in (MOVE, CANCEL):
        await phone.presses(button, reminder.message_id)
        card = await phone.sees("Status of the visit: Cancelled")
        assert CANCEL not in card.buttons


async def test_at_night_move_and_cancel_say_the_hours_and_coming_is_open(stage: Stage) -> None:
    phone, reminder, _ = await is_reminded(stage, logged_in=False)
    await stage.set_clock(november(23, 22))
    await phone.says("/visits")
    await logs_in(phone)
    visits = await phone.sees("You have 1 planned visit.")
    hours = PROFILE.booking.hours
    closed = said(DeskClosed(hours.opens, hours.closes, PROFILE.reception.phone))

    for button in (MOVE, CANCEL):
        assert await phone.presses(button, reminder.message_id) == closed
        assert await phone.screen() == visits

    assert await phone.presses(COMING) == THANKS
