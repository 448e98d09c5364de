"""Moving a visit: the new time is booked, the old one is free again, and it is still the same visit (DIAMED-15)."""

import pytest

from core.visits.book_visit import book_visit
from core.visits.refusals import SlotTaken, VisitNotLive
from core.visits.slot import SlotId
from tests.dialogs.steps import (
    FIRST_FREE,
    TOMORROW,
    label_when,
    november,
    opens_only_visit,
    said,
    sees_first_times,
    time_label,
    when,
)
from tests.stage.small_clinic import EVERYBODY, LIS, MARIA, NOWAK, PAOLO, Somebody
from tests.stage.stage import Stage
from tests.stage.voice import speech_in


@pytest.mark.rule("DIAMED-1", "DIAMED-15")
@pytest.mark.parametrize("who", EVERYBODY, ids=lambda who: who.language)
async def test_a_visit_moves_to_another_time(stage: Stage, who: Somebody) -> None:
    visit = await stage.books(who, LIS, FIRST_FREE)
    phone, speech = await stage.logged_in(who), speech_in(who.language)
    await opens_only_visit(phone, speech)

    await phone.taps(
        speech.say("Move"), speech.say("First free time"), speech.say("{at:short}, {at:time}", at=TOMORROW)
    )
    checked = await phone.sees(speech.say("Move to the new time"))
    assert label_when(FIRST_FREE, speech) in checked
    assert label_when(TOMORROW, speech) in checked
    await phone.presses(speech.say("Move to the new time"))

    moved = await phone.reads(speech.say("Menu"), when(TOMORROW, speech))
    assert when(FIRST_FREE, speech) not in moved
    await phone.presses(speech.say("Open the visit"))
    card = await phone.sees(speech.say("Cancel the visit"))
    assert card.text.startswith(when(TOMORROW, speech))
    assert stage.rows("SELECT id, status, version FROM visits") == [(visit, "confirmed", 2)]


async def test_the_old_time_is_free_for_others(stage: Stage) -> None:
    await stage.books(MARIA, LIS, FIRST_FREE)
    maria, paolo = await stage.logged_in(MARIA), await stage.logged_in(PAOLO)
    await opens_only_visit(maria)
    await maria.taps("Move", "First free time", "Tue 24/11, 09:00", "Move to the new time")
    await maria.reads("Confirmation: your visit has a new time.", "Tuesday 24 November, 09:00")

    offered = await sees_first_times(paolo, speech_in("it"))

    assert offered.buttons[0] == time_label(FIRST_FREE, LIS.surname, speech_in("it"))
    assert time_label(TOMORROW, LIS.surname, speech_in("it")) not in offered.buttons


async def test_moving_begins_with_the_visits_own_doctor_and_may_change_it(stage: Stage) -> None:
    await stage.books(MARIA, LIS, FIRST_FREE)
    phone = await stage.logged_in(MARIA)
    await opens_only_visit(phone)

    assert LIS.name in await phone.taps("Move")
    await phone.taps("Choose a doctor", f"Mon 23/11, {NOWAK.name}", "26", "10:00", "Move to the new time")

    await phone.reads("Confirmation: your visit has a new time.", f"Thursday 26 November, 10:00\n{NOWAK.name}")


async def test_moving_to_a_taken_slot_keeps_the_old_visit(stage: Stage) -> None:
    await stage.books(MARIA, LIS, FIRST_FREE)
    phone = await stage.logged_in(MARIA)
    await opens_only_visit(phone)
    await phone.taps("Move", "24", "09:00")
    (slot,) = stage.rows("SELECT slot_id FROM holds")[0]
    await stage.move_clock(minutes=6)
    await stage.clinic.acting_as(PAOLO.person)(book_visit, SlotId(slot))

    refusal = await phone.presses("Move to the new time")

    assert refusal == said(SlotTaken(slot))
    nearest = await phone.sees("This time has just been taken.", "Tue 24/11, 09:30, Lis", "Tue 24/11, 09:00, Nowak")
    assert "Tue 24/11, 09:00, Lis" not in nearest.buttons
    await phone.says("/visits")
    await phone.sees(f"Mon 23/11, 11:00, {LIS.surname}")


async def test_leaving_the_move_leaves_the_visit_as_it_was(stage: Stage) -> None:
    visit = await stage.books(MARIA, LIS, FIRST_FREE)
    phone = await stage.logged_in(MARIA)
    await opens_only_visit(phone)

    card = await phone.taps("Move", "Back")

    assert card.text.startswith("Monday 23 November, 11:00")
    assert stage.rows("SELECT id, version FROM visits") == [(visit, 1)]


async def test_a_visit_that_has_begun_moves_no_more(stage: Stage) -> None:
    await stage.books(MARIA, LIS, FIRST_FREE)
    await stage.set_clock(november(23, 10, 50))
    phone = await stage.logged_in(MARIA)
    await opens_only_visit(phone)
    await phone.taps("Move", "24", "09:00")
    await stage.set_clock(november(23, 11, 1))

    refusal = await phone.presses("Move to the new time")

    assert refusal == said(VisitNotLive())
    assert stage.rows("SELECT version FROM visits") == [(1,)]
