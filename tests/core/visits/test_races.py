"""Capacity is the schema's word: however many ask at once, one gets it."""

import asyncio
import sqlite3
from collections import Counter

import pytest

from core.identity.person import Person
from core.transaction import Transaction
from core.visits.book_visit import book_visit
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
        assert house.row("SELECT count(*), count(DISTINCT visit_id) FROM alerts") == (run, run)


async def test_two_desks_on_one_memory_give_the_slot_once(house: House) -> None:
    await house.clinic(gather_crowd)
    slot = house.slot(NOWAK, 24, 9)
    async with open_house(house.file, house.clock) as other:
        desks = (house, other)
        asking = (outcome(desks[n % 2], person, slot) for n, person in enumerate(crowd()[:60]))
        outcomes = Counter(await asyncio.gather(*asking))
    assert outcomes == {"booked": 1, "SlotTaken": 59}


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
    SELECT 1, {patient}, {slot}, clinic_id, doctor_id, {starts}, ends_at, 'confirmed', 1, booked_at FROM visits"""


async def test_a_row_written_by_hand_may_not_overlap(house: House) -> None:
    await house.as_(MARIA)(book_visit, house.slot(NOWAK, 24, 9))
    by_hand = INSERT.format(patient=31, slot=house.slot(KRUK, 24, 9), starts="'2026-11-24 08:29:59.999999'")
    with pytest.raises(sqlite3.IntegrityError, match="patient_overlap"):
        house.rows(by_hand)


async def test_a_row_changed_by_hand_may_not_overlap(house: House) -> None:
    await house.as_(MARIA)(book_visit, house.slot(NOWAK, 24, 9))
    await house.as_(PAOLO)(book_visit, house.slot(KRUK, 24, 9))
    with pytest.raises(sqlite3.IntegrityError, match="patient_overlap"):
        house.rows("UPDATE visits SET patient_id = 31")


async def test_a_row_written_by_hand_may_not_take_a_slot_twice(house: House) -> None:
    await house.as_(MARIA)(book_visit, house.slot(NOWAK, 24, 9))
    by_hand = INSERT.format(patient=32, slot=house.slot(NOWAK, 24, 9), starts="starts_at")
    with pytest.raises(sqlite3.IntegrityError, match=r"visits\.slot_id"):
        house.rows(by_hand)
