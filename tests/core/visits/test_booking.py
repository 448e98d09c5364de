"""Booking and cancelling in the small clinic's own memory."""

from datetime import UTC, datetime, timedelta

import pytest

from core.errors import NotFound
from core.facility.refusals import DeskClosed
from core.identity.person import STRANGER
from core.identity.refusals import LogInNeeded
from core.visits.book_visit import book_visit
from core.visits.cancel_visit import cancel_visit
from core.visits.questions import planned_visits, visit_card
from core.visits.refusals import PatientBusy, SlotPast, SlotTaken, VisitNotLive
from core.visits.slot import SlotId
from core.visits.visit import VisitStatus
from tests.stage.house import House
from tests.stage.small_clinic import KRUK, LIS, MARIA, MONDAY, NOWAK, PAOLO

NIGHT = datetime(2026, 11, 23, 22, 0, tzinfo=UTC)


async def test_a_booked_visit_is_planned_and_its_confirmation_owed(house: House) -> None:
    slot = house.slot(NOWAK, 24, 9)
    visit = await house.as_(MARIA)(book_visit, slot)
    [planned] = await house.as_(MARIA).read(planned_visits)
    assert (planned.id, planned.slot_id, planned.status) == (visit, slot, VisitStatus.CONFIRMED)
    assert house.rows("SELECT kind, channel, account_id, visit_id, state FROM alerts ORDER BY kind, channel") == [
        ("reminder", "telegram", 31, visit, "waiting"),
        ("visit_booked", "email", 31, visit, "waiting"),
        ("visit_booked", "telegram", 31, visit, "waiting"),
    ]


async def test_nobody_else_gets_a_booked_slot(house: House) -> None:
    slot = house.slot(NOWAK, 24, 9)
    await house.as_(MARIA)(book_visit, slot)
    with pytest.raises(SlotTaken) as refused:
        await house.as_(PAOLO)(book_visit, slot)
    assert refused.value == SlotTaken(slot)


async def test_booking_the_same_slot_again_returns_the_same_visit(house: House) -> None:
    slot = house.slot(NOWAK, 24, 9)
    first = await house.as_(MARIA)(book_visit, slot)
    assert await house.as_(MARIA)(book_visit, slot) == first
    assert house.row("SELECT count(*) FROM visits") == (1,)
    assert house.row("SELECT count(*) FROM alerts WHERE kind = 'visit_booked' AND channel = 'email'") == (1,)


async def test_a_patient_is_in_one_place_at_a_time(house: House) -> None:
    await house.as_(MARIA)(book_visit, house.slot(NOWAK, 24, 9))
    with pytest.raises(PatientBusy) as refused:
        await house.as_(MARIA)(book_visit, house.slot(KRUK, 24, 9))
    assert refused.value.starts_at == datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
    assert house.is_free(house.slot(KRUK, 24, 9))


async def test_visits_may_touch(house: House) -> None:
    await house.as_(MARIA)(book_visit, house.slot(NOWAK, 24, 9))
    await house.as_(MARIA)(book_visit, house.slot(KRUK, 24, 9, 30))
    assert len(await house.as_(MARIA).read(planned_visits)) == 2


async def test_a_slot_is_booked_up_to_half_an_hour_before(house: House) -> None:
    slot = house.slot(NOWAK, 23, 10, 30)
    house.clock.moment = MONDAY + timedelta(microseconds=1)
    with pytest.raises(SlotPast):
        await house.as_(MARIA)(book_visit, slot)
    house.clock.moment = MONDAY
    await house.as_(MARIA)(book_visit, slot)


async def test_at_night_nothing_is_booked_or_cancelled(house: House) -> None:
    visit = await house.as_(MARIA)(book_visit, house.slot(NOWAK, 24, 9))
    house.clock.moment = NIGHT
    with pytest.raises(DeskClosed):
        await house.as_(PAOLO)(book_visit, house.slot(LIS, 24, 9))
    with pytest.raises(DeskClosed):
        await house.as_(MARIA)(cancel_visit, visit, None)


async def test_a_slot_that_does_not_exist_is_not_found(house: House) -> None:
    with pytest.raises(NotFound):
        await house.as_(MARIA)(book_visit, SlotId(99))


async def test_a_stranger_is_asked_to_log_in(house: House) -> None:
    with pytest.raises(LogInNeeded):
        await house.as_(STRANGER)(book_visit, house.slot(NOWAK, 24, 9))


async def test_cancelling_frees_the_slot_and_withdraws_what_was_owed(house: House) -> None:
    slot = house.slot(NOWAK, 24, 9)
    visit = await house.as_(MARIA)(book_visit, slot)
    house.clock.moment += timedelta(minutes=7)
    await house.as_(MARIA)(cancel_visit, visit, "a cold")
    assert house.is_free(slot)
    assert house.rows("SELECT DISTINCT state, ended_at FROM alerts WHERE kind <> 'visit_cancelled'") == [
        ("withdrawn", "2026-11-23 09:07:00.000000")
    ]
    assert house.rows("SELECT channel, state FROM alerts WHERE kind = 'visit_cancelled'") == [("email", "waiting")]
    assert house.row("SELECT status, cancelled_by, cancel_reason FROM visits") == ("cancelled", "patient", "a cold")
    await house.as_(PAOLO)(book_visit, slot)


async def test_a_visit_is_cancelled_once(house: House) -> None:
    visit = await house.as_(MARIA)(book_visit, house.slot(NOWAK, 24, 9))
    await house.as_(MARIA)(cancel_visit, visit, None)
    with pytest.raises(VisitNotLive):
        await house.as_(MARIA)(cancel_visit, visit, None)


async def test_somebody_elses_visit_is_not_found(house: House) -> None:
    visit = await house.as_(MARIA)(book_visit, house.slot(NOWAK, 24, 9))
    with pytest.raises(NotFound):
        await house.as_(PAOLO)(cancel_visit, visit, None)
    with pytest.raises(NotFound):
        await house.as_(PAOLO).read(visit_card, visit)


async def test_after_cancelling_the_same_slot_makes_another_visit(house: House) -> None:
    slot = house.slot(NOWAK, 24, 9)
    first = await house.as_(MARIA)(book_visit, slot)
    await house.as_(MARIA)(cancel_visit, first, None)
    assert await house.as_(MARIA)(book_visit, slot) != first
