"""A chosen slot waits five minutes for its confirmation; everybody else sees it as taken."""

from datetime import timedelta

import pytest

from core.facility.refusals import DeskClosed
from core.visits.book_visit import book_visit
from core.visits.hold_slot import hold_slot
from core.visits.questions import first_free, slot_card
from core.visits.refusals import SlotPast, SlotTaken
from core.visits.slot import SlotId
from tests.stage.house import House
from tests.stage.small_clinic import EYES, LIS, MARIA, NOWAK, PAOLO, Somebody

FIVE_MINUTES = timedelta(minutes=5)


@pytest.fixture
async def held(house: House) -> SlotId:
    """Held by Maria: Nowak on Monday at eleven."""
    slot = house.slot(NOWAK, 23, 11)
    await house.as_(MARIA)(hold_slot, slot)
    return slot


async def offered(house: House, somebody: Somebody) -> set[int]:
    return {slot.id for slot in await house.as_(somebody).read(first_free, EYES.id, NOWAK.id)}


async def test_a_held_slot_is_offered_to_its_holder_alone(house: House, held: SlotId) -> None:
    assert held in await offered(house, MARIA)
    assert held not in await offered(house, PAOLO)


async def test_only_its_holder_sees_until_when(house: House, held: SlotId) -> None:
    mine, his = [await house.as_(somebody).read(slot_card, held) for somebody in (MARIA, PAOLO)]
    assert (mine.held_until, his.held_until) == (house.clock.moment + FIVE_MINUTES, None)


async def test_a_held_slot_is_nobody_elses_to_book_or_hold(house: House, held: SlotId) -> None:
    for use_case in (book_visit, hold_slot):
        with pytest.raises(SlotTaken):
            await house.as_(PAOLO)(use_case, held)


async def test_a_hold_ends_after_five_minutes_to_the_instant(house: House, held: SlotId) -> None:
    house.clock.moment += FIVE_MINUTES - timedelta(microseconds=1)
    with pytest.raises(SlotTaken):
        await house.as_(PAOLO)(hold_slot, held)
    house.clock.moment += timedelta(microseconds=1)
    await house.as_(PAOLO)(hold_slot, held)


async def test_the_instant_a_hold_ends_the_slot_is_offered_to_everybody(house: House, held: SlotId) -> None:
    house.clock.moment += FIVE_MINUTES - timedelta(microseconds=1)
    assert held not in await offered(house, PAOLO)
    house.clock.moment += timedelta(microseconds=1)
    assert held in await offered(house, PAOLO)


async def test_a_hold_that_ran_out_is_no_obstacle(house: House) -> None:
    slot = house.slot(NOWAK, 24, 9)
    await house.as_(MARIA)(hold_slot, slot)
    house.clock.moment += timedelta(hours=1)
    await house.as_(MARIA)(book_visit, slot)


async def test_another_hold_gives_the_first_one_back(house: House, held: SlotId) -> None:
    await house.as_(MARIA)(hold_slot, house.slot(LIS, 23, 11))
    await house.as_(PAOLO)(hold_slot, held)
    assert house.row("SELECT count(*) FROM holds") == (2,)


async def test_holding_again_begins_anew(house: House, held: SlotId) -> None:
    house.clock.moment += timedelta(minutes=-2)
    await house.as_(MARIA)(hold_slot, held)
    card = await house.as_(MARIA).read(slot_card, held)
    assert card.held_until == house.clock.moment + FIVE_MINUTES


async def test_booking_ends_the_hold(house: House, held: SlotId) -> None:
    await house.as_(MARIA)(book_visit, held)
    assert not house.rows("SELECT * FROM holds")


async def test_what_is_booked_past_or_asked_at_night_is_not_held(house: House, held: SlotId) -> None:
    await house.as_(MARIA)(book_visit, held)
    with pytest.raises(SlotTaken):
        await house.as_(PAOLO)(hold_slot, held)
    with pytest.raises(SlotPast):
        await house.as_(PAOLO)(hold_slot, house.slot(NOWAK, 23, 10))
    house.clock.moment += timedelta(hours=13)
    with pytest.raises(DeskClosed):
        await house.as_(PAOLO)(hold_slot, house.slot(NOWAK, 24, 9))
