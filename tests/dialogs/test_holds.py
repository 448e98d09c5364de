"""A chosen time waits five minutes for its patient; nobody else is offered it meanwhile."""

from core.visits.book_visit import book_visit
from core.visits.refusals import SlotPast, SlotTaken
from core.visits.slot import SlotId
from tests.dialogs.steps import (
    FIRST_FREE,
    books_first_time,
    holds_first_time,
    november,
    said,
    sees_first_times,
    time_label,
)
from tests.stage.small_clinic import EYES, LIS, MARIA, NOWAK, PAOLO
from tests.stage.stage import Stage
from tests.stage.voice import speech_in

ITALIAN = speech_in("it")
HELD = time_label(FIRST_FREE, LIS.surname, ITALIAN)


async def test_a_held_time_is_offered_to_nobody_else_for_five_minutes(stage: Stage) -> None:
    maria, paolo = await stage.logged_in(MARIA), await stage.logged_in(PAOLO)
    assert "This time is held for you until 10:05." in await holds_first_time(maria)

    assert HELD not in (await sees_first_times(paolo, ITALIAN)).buttons
    await stage.move_clock(minutes=4)
    await paolo.taps(ITALIAN.say("Another day"))
    assert HELD not in (await paolo.taps(ITALIAN.say("First free time"))).buttons
    await stage.move_clock(minutes=2)
    await paolo.taps(ITALIAN.say("Another day"))
    assert HELD in (await paolo.taps(ITALIAN.say("First free time"))).buttons


async def test_choosing_another_time_gives_back_the_first(stage: Stage) -> None:
    maria, paolo = await stage.logged_in(MARIA), await stage.logged_in(PAOLO)
    await holds_first_time(maria)

    await maria.taps("Another time", "24", "09:00 Lis")

    offered = await sees_first_times(paolo, ITALIAN)
    assert HELD in offered.buttons
    assert time_label(november(24, 9), LIS.surname, ITALIAN) not in offered.buttons
    assert stage.rows("SELECT count(*) FROM holds") == [(1,)]


async def test_an_expired_hold_still_books_while_the_time_is_free(stage: Stage) -> None:
    phone = await stage.logged_in(MARIA)
    await phone.taps("Book a visit", EYES.name, "25", "09:00 Lis")
    await stage.move_clock(minutes=6)
    await phone.says("/language")
    await phone.sees("English")
    await phone.presses("English")
    assert "If this time is still free, it is yours with one tap." in await phone.sees("Confirm the booking")

    await phone.presses("Confirm the booking")

    await phone.reads("Your visit is booked.", "Wednesday 25 November, 09:00")
    assert stage.rows("SELECT count(*) FROM holds") == [(0,)]


async def test_a_time_taken_meanwhile_leads_to_the_nearest_ones_and_everything_is_kept(stage: Stage) -> None:
    phone = await stage.logged_in(MARIA)
    await phone.taps("Book a visit", EYES.name, "Choose a doctor", f"Mon 23/11, {NOWAK.name}", "25", "10:00")
    (slot,) = stage.rows("SELECT slot_id FROM holds")[0]
    await stage.move_clock(minutes=6)
    await stage.clinic.acting_as(PAOLO.person)(book_visit, SlotId(slot))

    assert await phone.presses("Confirm the booking") == said(SlotTaken(slot))

    nearest = await phone.sees("Wednesday 25 November, 10:00", NOWAK.name, "The nearest free times:")
    assert nearest.buttons[:6] == (
        "Wed 25/11, 09:30, Nowak",
        "Wed 25/11, 09:30, Lis",
        "Wed 25/11, 10:00, Lis",
        "Wed 25/11, 10:30, Nowak",
        "Wed 25/11, 10:30, Lis",
        "Wed 25/11, 11:00, Nowak",
    )
    assert f"Doctor: {NOWAK.name}" in await phone.taps("Other times")
    await phone.taps("25", "10:30", "Confirm the booking")
    await phone.reads("Your visit is booked.", "Open the visit")


async def test_a_time_that_somebody_was_faster_to_choose_is_taken(stage: Stage) -> None:
    maria, paolo = await stage.logged_in(MARIA), await stage.logged_in(PAOLO)
    await sees_first_times(paolo, ITALIAN)
    await holds_first_time(maria)

    refusal = await paolo.presses(HELD)

    assert refusal is not None
    nearest = await paolo.sees(ITALIAN.say("Other times"))
    assert HELD not in nearest.buttons
    await paolo.taps(nearest.buttons[0], ITALIAN.say("Confirm the booking"))
    await paolo.sees(ITALIAN.say("Open the visit"))
    await maria.taps("Confirm the booking", "Open the visit")


async def test_a_time_that_begins_too_soon_leads_to_the_first_free_ones(stage: Stage) -> None:
    phone = await stage.logged_in(MARIA)
    await sees_first_times(phone)
    await stage.move_clock(minutes=29)
    await phone.taps("Another day", "23")
    await stage.move_clock(minutes=2)

    assert await phone.presses("11:00 Lis") == said(SlotPast(0))

    assert (await phone.sees("The first free times:")).buttons[0] == "Mon 23/11, 11:30, Lis"


async def test_booking_uses_up_the_hold_and_one_slot(stage: Stage) -> None:
    phone = await stage.logged_in(MARIA)

    await books_first_time(phone)

    assert stage.rows("SELECT count(*) FROM holds") == [(0,)]
    assert stage.rows("SELECT count(*) FROM slots WHERE NOT free") == [(1,)]
