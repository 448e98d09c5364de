"""Agendas change while people book: what is gone closes, what has a visit is reported, nothing happens twice."""

import asyncio
from datetime import timedelta

import pytest

from core.errors import Refusal
from core.support.case import CaseKind
from core.support.questions import open_cases
from core.visits.book_visit import book_visit
from core.visits.cancel_visit import cancel_visit
from core.visits.hold_slot import hold_slot
from core.visits.loading.tally import Settled
from core.visits.move_visit import move_visit
from core.visits.refusals import SlotTaken
from tests.core.visits.loading.office import Office
from tests.stage.small_clinic import JAN, MARIA, OLGA, PAOLO

TUESDAYS = "Z-2,ZIMA,SKIN,Tue,09:00,11:00,30,,"
LATER = "Z-2,ZIMA,SKIN,Tue,10:00,12:00,30,,"
ELSEWHERE = "Z-2,ZIMA,BONE,Tue,09:00,11:00,30,,"
LONGER = "Z-2,ZIMA,SKIN,Tue,09:00,11:00,40,,"
SHORTER = "Z-2,ZIMA,SKIN,Tue,09:00,11:00,20,,"
FREE, TAKEN, REMOVED = (True, False), (False, False), (False, True)


@pytest.fixture
async def tuesdays(office: Office) -> Office:
    await office.agendas(TUESDAYS)
    return office


async def test_only_what_changed_is_closed_and_made(tuesdays: Office) -> None:
    kept = tuesdays.slot("ZIMA", 11, 24, 10)
    loaded = await tuesdays.agendas(LATER)
    assert tuesdays.offered("ZIMA", 11, 24) == [f"{time} 30 SKIN" for time in ("10:00", "10:30", "11:00", "11:30")]
    assert tuesdays.slot("ZIMA", 11, 24, 10) == kept
    assert loaded.slots == Settled(made=18, closed=18)
    assert tuesdays.house.row("SELECT count(*) FROM slots WHERE removed") == (0,), "nothing refers to them"


async def test_a_visit_whose_time_left_the_agenda_stays_and_is_reported_once(tuesdays: Office) -> None:
    slot = tuesdays.slot("ZIMA", 11, 24, 9)
    visit = await tuesdays.books(MARIA, slot)
    loaded = await tuesdays.agendas(LATER)
    await tuesdays.agendas(LATER)
    assert tuesdays.house.rows("SELECT kind, visit_id, closed_at FROM cases") == [(CaseKind.SLOT_REMOVED, visit, None)]
    assert loaded.slots is not None
    assert loaded.slots.without_time == 1
    assert tuesdays.state(slot) == REMOVED
    assert tuesdays.house.row("SELECT status, slot_id FROM visits") == ("confirmed", slot)


async def test_cancelling_a_visit_without_time_frees_nothing(tuesdays: Office) -> None:
    slot = tuesdays.slot("ZIMA", 11, 24, 9)
    visit = await tuesdays.books(MARIA, slot)
    await tuesdays.agendas(LATER)
    await tuesdays.house.as_(MARIA)(cancel_visit, visit, None)
    assert tuesdays.state(slot) == REMOVED
    assert not await tuesdays.house.clinic.read(open_cases), "nobody has to be called any more"


async def test_a_visit_without_time_can_be_moved(tuesdays: Office) -> None:
    slot = tuesdays.slot("ZIMA", 11, 24, 9)
    visit = await tuesdays.books(MARIA, slot)
    await tuesdays.agendas(LATER)
    await tuesdays.house.as_(MARIA)(move_visit, visit, tuesdays.slot("ZIMA", 11, 24, 11))
    assert tuesdays.state(slot) == REMOVED
    assert not await tuesdays.house.clinic.read(open_cases)


async def test_a_time_that_comes_back_has_its_visit_again(tuesdays: Office) -> None:
    slot = tuesdays.slot("ZIMA", 11, 24, 9)
    visit = await tuesdays.books(MARIA, slot)
    await tuesdays.agendas(LATER)
    await tuesdays.agendas(TUESDAYS)
    assert tuesdays.state(slot) == TAKEN
    assert not await tuesdays.house.clinic.read(open_cases)
    await tuesdays.house.as_(MARIA)(cancel_visit, visit, None)
    assert tuesdays.state(slot) == FREE


async def test_a_time_that_leaves_again_is_reported_again(tuesdays: Office) -> None:
    await tuesdays.books(MARIA, tuesdays.slot("ZIMA", 11, 24, 9))
    for agenda in (LATER, TUESDAYS, LATER):
        await tuesdays.agendas(agenda)
    assert len(await tuesdays.house.clinic.read(open_cases)) == 1


async def test_a_case_that_was_closed_is_opened_again_when_the_time_leaves_again(tuesdays: Office) -> None:
    await tuesdays.books(MARIA, tuesdays.slot("ZIMA", 11, 24, 9))
    await tuesdays.agendas(LATER)
    tuesdays.house.rows("UPDATE cases SET closed_at = opened_at")
    await tuesdays.agendas(LATER)
    assert not await tuesdays.house.clinic.read(open_cases), "the same loading opens nothing"
    for agenda in (TUESDAYS, LATER):
        await tuesdays.agendas(agenda)
    assert len(await tuesdays.house.clinic.read(open_cases)) == 1


async def test_whoever_is_just_confirming_hears_that_the_time_is_gone(tuesdays: Office) -> None:
    slot = tuesdays.slot("ZIMA", 11, 24, 9)
    await tuesdays.house.as_(MARIA)(hold_slot, slot)
    await tuesdays.agendas(LATER)
    assert tuesdays.state(slot) == REMOVED
    with pytest.raises(SlotTaken):
        await tuesdays.house.as_(MARIA)(book_visit, slot)


async def test_nobody_confirms_another_place_than_they_have_read(tuesdays: Office) -> None:
    read = tuesdays.slot("ZIMA", 11, 24, 9)
    await tuesdays.house.as_(MARIA)(hold_slot, read)
    await tuesdays.agendas(ELSEWHERE)
    with pytest.raises(SlotTaken):
        await tuesdays.house.as_(MARIA)(book_visit, read)
    assert tuesdays.offered("ZIMA", 11, 24)[0] == "09:00 30 BONE"
    assert await tuesdays.books(PAOLO, tuesdays.slot("ZIMA", 11, 24, 9))


async def test_a_slot_that_was_kept_for_a_confirmation_goes_when_nothing_refers_to_it(tuesdays: Office) -> None:
    slot = tuesdays.slot("ZIMA", 11, 24, 9)
    await tuesdays.house.as_(MARIA)(hold_slot, slot)
    await tuesdays.agendas(LATER)
    await tuesdays.house.as_(MARIA)(hold_slot, tuesdays.slot("ZIMA", 11, 24, 10))
    assert (await tuesdays.agendas(LATER)).slots == Settled()
    assert tuesdays.state(slot) is None


async def test_a_slot_with_a_cancelled_visit_is_kept_and_opened_again_when_it_comes_back(tuesdays: Office) -> None:
    slot = tuesdays.slot("ZIMA", 11, 24, 9)
    await tuesdays.house.as_(MARIA)(cancel_visit, await tuesdays.books(MARIA, slot), None)
    await tuesdays.agendas(LATER)
    assert tuesdays.state(slot) == REMOVED
    await tuesdays.agendas(TUESDAYS)
    assert tuesdays.state(slot) == FREE
    assert tuesdays.slot("ZIMA", 11, 24, 9) == slot


async def test_an_agenda_moves_to_another_clinic_around_its_visits(tuesdays: Office) -> None:
    visit = await tuesdays.books(MARIA, tuesdays.slot("ZIMA", 11, 24, 9))
    await tuesdays.agendas(ELSEWHERE)
    assert tuesdays.offered("ZIMA", 11, 24) == ["09:30 30 BONE", "10:00 30 BONE", "10:30 30 BONE"]
    assert len(await tuesdays.house.clinic.read(open_cases)) == 1
    await tuesdays.house.as_(MARIA)(cancel_visit, visit, None)
    await tuesdays.agendas(ELSEWHERE)
    assert tuesdays.offered("ZIMA", 11, 24)[0] == "09:00 30 BONE", "the next loading offers what the visit was in"


async def test_longer_visits_are_not_offered_over_one_that_is_booked(tuesdays: Office) -> None:
    await tuesdays.books(MARIA, tuesdays.slot("ZIMA", 11, 24, 9))
    await tuesdays.books(PAOLO, tuesdays.slot("ZIMA", 11, 24, 9, 30))
    await tuesdays.agendas(LONGER)
    assert tuesdays.offered("ZIMA", 11, 24) == ["10:20 40 SKIN"]
    assert tuesdays.offered("ZIMA", 12, 1) == ["09:00 40 SKIN", "09:40 40 SKIN", "10:20 40 SKIN"]
    [case] = await tuesdays.house.clinic.read(open_cases)
    assert case.given_names == PAOLO.first_name, "nine o'clock is still in the agenda, half past nine is not"


async def test_shorter_visits_are_not_offered_over_one_that_is_booked(tuesdays: Office) -> None:
    visit = await tuesdays.books(MARIA, tuesdays.slot("ZIMA", 11, 24, 9))
    await tuesdays.agendas(SHORTER)
    assert tuesdays.offered("ZIMA", 11, 24)[:2] == ["09:40 20 SKIN", "10:00 20 SKIN"]
    await tuesdays.house.as_(MARIA)(cancel_visit, visit, None)
    await tuesdays.agendas(SHORTER)
    assert tuesdays.offered("ZIMA", 11, 24)[:3] == ["09:00 20 SKIN", "09:20 20 SKIN", "09:40 20 SKIN"]


async def test_an_agenda_goes_over_to_another_doctor(tuesdays: Office) -> None:
    slot = tuesdays.slot("ZIMA", 11, 24, 9)
    await tuesdays.books(MARIA, slot)
    await tuesdays.agendas(TUESDAYS.replace("ZIMA", "LATO"))
    assert not tuesdays.offered("ZIMA", 11, 24)
    assert len(tuesdays.offered("LATO", 11, 24)) == 4
    assert tuesdays.state(slot) == REMOVED
    assert len(await tuesdays.house.clinic.read(open_cases)) == 1


async def test_an_agenda_that_ends_closes_what_comes_after(tuesdays: Office) -> None:
    await tuesdays.agendas(f"{TUESDAYS}2026-12-01")
    assert tuesdays.offered("ZIMA", 12, 1)
    assert not tuesdays.offered("ZIMA", 12, 8)


async def test_what_has_begun_is_left_alone(tuesdays: Office) -> None:
    past = tuesdays.slot("ZIMA", 11, 24, 9)
    await tuesdays.books(MARIA, past)
    tuesdays.house.clock.moment += timedelta(days=1)
    await tuesdays.agendas("Z-3,ZIMA,SKIN,Wed,09:00,11:00,30,,")
    assert tuesdays.state(past) == TAKEN
    assert not await tuesdays.house.clinic.read(open_cases)


async def test_people_book_while_their_doctors_agenda_leaves(tuesdays: Office) -> None:
    """Whoever was faster, each visit stands on a slot of the agenda or is reported."""
    slots = [tuesdays.slot("ZIMA", 11, 24, 9), tuesdays.slot("ZIMA", 12, 1, 9), tuesdays.slot("ZIMA", 12, 8, 9)]
    people = (MARIA, PAOLO, OLGA, JAN)
    tries = [tuesdays.books(who, slot) for slot, who in zip(slots, people, strict=False)]
    booked = await asyncio.gather(tuesdays.agendas(LATER), *tries, return_exceptions=True)
    assert all(isinstance(it, Refusal) for it in booked[1:] if isinstance(it, BaseException)), booked
    query = "SELECT count(*) FROM visits JOIN slots ON slots.id = visits.slot_id WHERE removed"
    assert tuesdays.house.row(query) == (len(await tuesdays.house.clinic.read(open_cases)),)
    assert tuesdays.house.row("SELECT count(*) FROM visits") == (sum(isinstance(it, int) for it in booked),)
