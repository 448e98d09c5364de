"""Capacity is the schema's word: however many ask at once, one gets it."""

import asyncio
from collections import Counter

import pytest
from sqlalchemy.exc import IntegrityError

from bench.bars.memory import admit
from bench.bars.slots import FIRST, RACERS, free_times, race
from core.identity.person import Person
from core.transaction import Transaction
from core.visits.book_visit import book_visit
from core.visits.cancel_visit import cancel_visit
from core.visits.hold_slot import hold_slot
from core.visits.move_visit import move_visit
from core.visits.refusals import PatientBusy, SlotTaken
from core.visits.slot import SlotId
from core.visits.visit import Visit, VisitId
from tests.stage.house import House, crowd, gather_crowd, open_house
from tests.stage.small_clinic import KRUK, LIS, MARIA, NOWAK, PAOLO, Somebody


async def outcome(house: House, person: Person | Somebody, slot: SlotId) -> str:
    try:
        await house.as_(person)(book_visit, slot)
    except (SlotTaken, PatientBusy) as refusal:
        return type(refusal).__name__
    return "booked"


def write_past_the_checks(tx: Transaction, slot_id: SlotId) -> VisitId:
    """A booking that asks nobody."""
    slot = tx.slots.get_for_update(slot_id)
    visit = Visit.book(VisitId(tx.new_id()), tx.person.require_patient(), slot, tx.now)
    tx.visits.add(visit)
    return visit.id


async def test_of_three_hundred_one_gets_the_slot(house: House) -> None:
    await house.clinic(gather_crowd)
    for run, hour in enumerate((9, 10, 11), start=1):
        slot = house.slot(NOWAK, 24, hour)
        outcomes = Counter(await asyncio.gather(*(outcome(house, person, slot) for person in crowd())))
        assert outcomes == {"booked": 1, "SlotTaken": 299}
        assert house.row("SELECT count(*) FROM visits WHERE slot_id = ? AND status = 'confirmed'", slot) == (1,)
        assert house.row("SELECT count(DISTINCT visit_id) FROM alerts") == (run,)


async def test_one_patient_on_two_phones_books_once_and_hears_of_it_twice(house: House) -> None:
    slot = house.slot(NOWAK, 24, 9)
    booked = await asyncio.gather(*(house.as_(MARIA)(book_visit, slot) for _ in range(8)))
    assert len(set(booked)) == 1
    assert house.row("SELECT count(*) FROM visits") == (1,)


async def test_two_desks_on_one_memory_give_the_slot_once(house: House) -> None:
    await house.clinic(gather_crowd)
    slot = house.slot(NOWAK, 24, 9)
    async with open_house(house.database_url, house.clock) as other:
        desks = (house, other)
        asking = (outcome(desks[n % 2], person, slot) for n, person in enumerate(crowd()[:60]))
        outcomes = Counter(await asyncio.gather(*asking))
    assert outcomes == {"booked": 1, "SlotTaken": 59}


async def test_of_a_thousand_at_three_desks_one_gets_the_slot(house: House) -> None:
    await house.clinic(admit, range(FIRST, FIRST + RACERS))
    [slot] = free_times(house, 1)
    assert await race(house, slot, RACERS) == 1
    assert house.row("SELECT count(*) FROM visits WHERE slot_id = ?", slot) == (1,)


async def test_of_two_slots_at_one_time_a_patient_gets_one(house: House) -> None:
    for hour in (9, 10, 11):
        slots = [house.slot(doctor, 24, hour) for doctor in (NOWAK, LIS, KRUK)]
        outcomes = Counter(await asyncio.gather(*(outcome(house, MARIA, slot) for slot in slots)))
        assert outcomes == {"booked": 1, "PatientBusy": 2}
        assert sum(not house.is_free(slot) for slot in slots) == 1


async def test_the_schema_alone_keeps_a_patient_in_one_place(house: House) -> None:
    await house.as_(MARIA)(book_visit, house.slot(NOWAK, 24, 9))
    with pytest.raises(PatientBusy):
        await house.as_(MARIA)(write_past_the_checks, house.slot(KRUK, 24, 9))


async def test_the_schema_alone_gives_a_slot_once(house: House) -> None:
    slot = house.slot(NOWAK, 24, 9)
    await house.as_(MARIA)(book_visit, slot)
    with pytest.raises(SlotTaken):
        await house.as_(PAOLO)(write_past_the_checks, slot)


INSERT = """INSERT INTO visits
    (id, patient_id, slot_id, clinic_id, doctor_id, starts_at, ends_at, status, version, booked_at)
    SELECT 1, {patient}, {slot}, clinic_id, {doctor}, {starts}, ends_at, 'confirmed', 1, booked_at FROM visits"""
LATER = "'2026-11-24 08:29:59.999999'"


async def test_a_row_written_by_hand_may_not_overlap(house: House) -> None:
    await house.as_(MARIA)(book_visit, house.slot(NOWAK, 24, 9))
    by_hand = INSERT.format(patient=31, slot=house.slot(KRUK, 24, 9), doctor=23, starts=LATER)
    with pytest.raises(IntegrityError, match="patient_overlap"):
        house.rows(by_hand)


async def test_a_row_written_by_hand_may_not_give_a_doctor_two_visits_at_once(house: House) -> None:
    await house.as_(MARIA)(book_visit, house.slot(NOWAK, 24, 9))
    by_hand = INSERT.format(patient=32, slot=house.slot(NOWAK, 24, 10), doctor=21, starts=LATER)
    with pytest.raises(IntegrityError, match="doctor_overlap"):
        house.rows(by_hand)


async def test_visits_that_touch_or_were_given_up_do_not_overlap(house: House) -> None:
    visit = await house.as_(MARIA)(book_visit, house.slot(NOWAK, 24, 9))
    by_hand = INSERT.format(patient=31, slot=house.slot(NOWAK, 24, 9, 30), doctor=21, starts="ends_at")
    house.rows(by_hand.replace("ends_at, 'confirmed'", "'2026-11-24 09:00:00.000000', 'confirmed'"))
    await house.as_(MARIA)(cancel_visit, visit, None)
    await house.as_(PAOLO)(book_visit, house.slot(NOWAK, 24, 9))
    assert house.row("SELECT count(*) FROM visits WHERE status = 'confirmed'") == (2,)


async def test_a_row_changed_by_hand_may_not_overlap(house: House) -> None:
    await house.as_(MARIA)(book_visit, house.slot(NOWAK, 24, 9))
    await house.as_(PAOLO)(book_visit, house.slot(KRUK, 24, 9))
    with pytest.raises(IntegrityError, match="patient_overlap"):
        house.rows("UPDATE visits SET patient_id = 31")
    with pytest.raises(IntegrityError, match="doctor_overlap"):
        house.rows("UPDATE visits SET doctor_id = 21")


async def test_a_row_written_by_hand_may_not_take_a_slot_twice(house: House) -> None:
    await house.as_(MARIA)(book_visit, house.slot(NOWAK, 24, 9))
    by_hand = INSERT.format(patient=32, slot=house.slot(NOWAK, 24, 9), doctor=22, starts="starts_at")
    with pytest.raises(IntegrityError, match=r"visits\.slot_id|uq_visits_live_slot"):
        house.rows(by_hand)


async def test_two_who_swap_their_times_at_once_wait_for_each_other_and_lose_nothing(house: House) -> None:
    first, second = house.slot(NOWAK, 24, 9), house.slot(LIS, 24, 10)
    marias, paolos = await house.as_(MARIA)(book_visit, first), await house.as_(PAOLO)(book_visit, second)

    async def moves(person: Somebody, visit: VisitId, slot: SlotId) -> str:
        try:
            await house.as_(person)(move_visit, visit, slot)
        except SlotTaken:
            return "refused"
        return "moved"

    outcomes = await asyncio.gather(moves(MARIA, marias, second), moves(PAOLO, paolos, first))
    assert [*outcomes] == ["refused", "refused"]
    assert house.rows("SELECT id, slot_id, version FROM visits ORDER BY patient_id") == [
        (marias, first, 1),
        (paolos, second, 1),
    ]


async def test_one_who_holds_many_times_at_once_keeps_one(house: House) -> None:
    slots = [house.slot(doctor, 24, hour) for doctor in (NOWAK, LIS, KRUK) for hour in (9, 10, 11)]
    await asyncio.gather(*(house.as_(MARIA)(hold_slot, slot) for slot in slots))
    assert house.row("SELECT count(*) FROM holds") == (1,)


async def test_of_many_who_hold_one_time_one_holds_it(house: House) -> None:
    await house.clinic(gather_crowd)
    slot = house.slot(NOWAK, 24, 9)

    async def holds(person: Person) -> bool:
        try:
            await house.as_(person)(hold_slot, slot)
        except SlotTaken:
            return False
        return True

    assert sum(await asyncio.gather(*(holds(person) for person in crowd()[:60]))) == 1
