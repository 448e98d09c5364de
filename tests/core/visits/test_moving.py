"""Moving takes the new slot and frees the old one at once, or does nothing at all."""

from datetime import timedelta

import pytest

from core.errors import NotFound
from core.facility.refusals import DeskClosed
from core.transaction import Transaction
from core.visits.book_visit import book_visit
from core.visits.hold_slot import hold_slot
from core.visits.move_visit import move_visit
from core.visits.refusals import PatientBusy, SlotPast, SlotTaken, VisitNotLive
from core.visits.slot import SlotId
from core.visits.visit import VisitId
from tests.stage.house import House
from tests.stage.small_clinic import KRUK, LIS, MARIA, NOWAK, PAOLO


class PowerCut(Exception):
    """Everything was done, nothing was committed."""


def move_and_fall(tx: Transaction, visit_id: VisitId, slot_id: SlotId) -> None:
    move_visit(tx, visit_id, slot_id)
    raise PowerCut


@pytest.fixture
async def visit(house: House) -> VisitId:
    """Maria's, with Nowak on Tuesday at nine."""
    return await house.as_(MARIA)(book_visit, house.slot(NOWAK, 24, 9))


def memory(house: House) -> list[list[tuple[object, ...]]]:
    """All that moving may change."""
    tables = ("visits", "alerts", "holds", "slots WHERE NOT free")
    return [house.rows(f"SELECT * FROM {table} ORDER BY 1") for table in tables]


async def test_a_moved_visit_has_the_new_slot_and_leaves_the_old(house: House, visit: VisitId) -> None:
    new = house.slot(KRUK, 25, 11)
    await house.as_(MARIA)(move_visit, visit, new)
    assert house.row("SELECT slot_id, clinic_id, doctor_id, version FROM visits") == (new, 12, 23, 2)
    assert not house.is_free(new)
    assert house.is_free(house.slot(NOWAK, 24, 9))


async def test_only_the_new_time_is_confirmed(house: House, visit: VisitId) -> None:
    await house.as_(MARIA)(move_visit, visit, house.slot(NOWAK, 25, 9))
    states = house.rows("SELECT DISTINCT kind, state, visit_version FROM alerts ORDER BY visit_version, kind")
    assert states == [
        ("reminder", "withdrawn", 1),
        ("visit_booked", "withdrawn", 1),
        ("reminder", "waiting", 2),
        ("visit_moved", "waiting", 2),
    ]


async def test_a_visit_may_move_within_its_own_time(house: House, visit: VisitId) -> None:
    await house.as_(MARIA)(move_visit, visit, house.slot(LIS, 24, 9))
    assert house.row("SELECT doctor_id FROM visits") == (22,)


async def test_moving_to_its_own_slot_changes_nothing(house: House, visit: VisitId) -> None:
    before = memory(house)
    await house.as_(MARIA)(move_visit, visit, house.slot(NOWAK, 24, 9))
    assert memory(house) == before


async def test_moving_to_a_taken_slot_keeps_the_old_visit(house: House, visit: VisitId) -> None:
    await house.as_(PAOLO)(book_visit, house.slot(LIS, 24, 9))
    before = memory(house)
    with pytest.raises(SlotTaken):
        await house.as_(MARIA)(move_visit, visit, house.slot(LIS, 24, 9))
    assert memory(house) == before


async def test_moving_to_a_held_slot_keeps_the_old_visit(house: House, visit: VisitId) -> None:
    await house.as_(PAOLO)(hold_slot, house.slot(LIS, 24, 9))
    before = memory(house)
    with pytest.raises(SlotTaken):
        await house.as_(MARIA)(move_visit, visit, house.slot(LIS, 24, 9))
    assert memory(house) == before


async def test_moving_onto_another_visit_of_ones_own_keeps_both(house: House, visit: VisitId) -> None:
    await house.as_(MARIA)(book_visit, house.slot(NOWAK, 25, 9))
    before = memory(house)
    with pytest.raises(PatientBusy):
        await house.as_(MARIA)(move_visit, visit, house.slot(KRUK, 25, 9))
    assert memory(house) == before


async def test_a_cut_after_the_last_step_leaves_everything(house: House, visit: VisitId) -> None:
    before = memory(house)
    with pytest.raises(PowerCut):
        await house.as_(MARIA)(move_and_fall, visit, house.slot(LIS, 24, 9))
    assert memory(house) == before


async def test_a_visit_that_began_stays(house: House, visit: VisitId) -> None:
    house.clock.moment += timedelta(days=1)
    with pytest.raises(VisitNotLive):
        await house.as_(MARIA)(move_visit, visit, house.slot(NOWAK, 25, 9))


async def test_a_visit_moves_to_no_past_slot(house: House, visit: VisitId) -> None:
    with pytest.raises(SlotPast):
        await house.as_(MARIA)(move_visit, visit, house.slot(NOWAK, 23, 9))


async def test_at_night_a_visit_stays(house: House, visit: VisitId) -> None:
    house.clock.moment += timedelta(hours=12)
    with pytest.raises(DeskClosed):
        await house.as_(MARIA)(move_visit, visit, house.slot(NOWAK, 25, 9))


async def test_nobody_moves_somebody_elses_visit(house: House, visit: VisitId) -> None:
    with pytest.raises(NotFound):
        await house.as_(PAOLO)(move_visit, visit, house.slot(NOWAK, 25, 9))
