"""What is offered: free, bookable, in order, and found through the index."""

import re
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from core.identity.person import STRANGER
from core.identity.refusals import LogInNeeded
from core.visits.book_visit import book_visit
from core.visits.hold_slot import hold_slot
from core.visits.questions import (
    booking_horizon,
    clinics_to_book,
    doctors_to_book,
    first_free,
    free_days,
    free_slots,
    nearest_free,
    visit_card,
)
from tests.stage.house import PROFILE, House
from tests.stage.overheard import overheard
from tests.stage.small_clinic import EYES, HEART, KRUK, LAST, LIS, MARIA, NOWAK, PAOLO

TUESDAY = date(2026, 11, 24)


def walls(cards: list[Any]) -> list[str]:
    return [f"{card.starts_at.astimezone(PROFILE.timezone):%H:%M} {card.surname}" for card in cards]


async def test_a_day_shows_its_free_slots_in_order(house: House) -> None:
    await house.as_(PAOLO)(book_visit, house.slot(KRUK, 24, 10))
    cards = await house.as_(MARIA).read(free_slots, HEART.id, None, TUESDAY)
    assert walls(cards) == ["09:00 Kruk", "09:30 Kruk", "10:30 Kruk", "11:00 Kruk", "11:30 Kruk"]


async def test_today_begins_after_the_notice(house: House) -> None:
    cards = await house.as_(MARIA).read(free_slots, EYES.id, NOWAK.id, date(2026, 11, 23))
    assert walls(cards) == ["10:30 Nowak", "11:00 Nowak", "11:30 Nowak"]


async def test_the_first_free_ones_come_soonest_first_and_by_surname(house: House) -> None:
    cards = await house.as_(MARIA).read(first_free, EYES.id, None)
    assert walls(cards) == ["10:30 Lis", "10:30 Nowak", "11:00 Lis", "11:00 Nowak", "11:30 Lis", "11:30 Nowak"]


async def test_days_without_a_free_slot_are_not_free(house: House) -> None:
    for hour, minute in [(9, 0), (9, 30), (10, 0), (10, 30), (11, 0), (11, 30)]:
        await house.as_(PAOLO)(book_visit, house.slot(KRUK, 24, hour, minute))
    days = await house.as_(MARIA).read(free_days, HEART.id, None, TUESDAY, date(2026, 11, 29))
    assert days == {date(2026, 11, 25), date(2026, 11, 26), date(2026, 11, 27)}


async def test_nothing_is_offered_beyond_the_horizon(house: House) -> None:
    house.clock.moment -= timedelta(days=57)
    assert (await house.as_(MARIA).read(booking_horizon))[1] == date(2026, 11, 26)
    days = await house.as_(MARIA).read(free_days, EYES.id, None, date(2026, 11, 23), LAST)
    assert max(days) == date(2026, 11, 26)


async def test_doctors_come_with_their_first_free_time(house: House) -> None:
    await house.as_(PAOLO)(book_visit, house.slot(LIS, 23, 10, 30))
    doctors = await house.as_(MARIA).read(doctors_to_book, EYES.id)
    assert [(doctor.id, doctor.first_free) for doctor in doctors] == [
        (NOWAK.id, datetime(2026, 11, 23, 9, 30, tzinfo=UTC)),
        (LIS.id, datetime(2026, 11, 23, 10, 0, tzinfo=UTC)),
    ]


async def test_clinics_come_by_name(house: House) -> None:
    clinics = await house.as_(MARIA).read(clinics_to_book)
    assert [clinic.id for clinic in clinics] == [HEART.id, EYES.id]


async def test_a_stranger_is_shown_nothing(house: House) -> None:
    with pytest.raises(LogInNeeded):
        await house.as_(STRANGER).read(first_free, EYES.id, None)


async def test_the_nearest_ones_lie_on_both_sides(house: House) -> None:
    lost = house.slot(KRUK, 24, 10)
    await house.as_(PAOLO)(book_visit, lost)
    cards = await house.as_(MARIA).read(nearest_free, lost)
    assert walls(cards) == ["11:30 Kruk", "09:00 Kruk", "09:30 Kruk", "10:30 Kruk", "11:00 Kruk", "11:30 Kruk"]
    assert [card.day.day for card in cards] == [23, 24, 24, 24, 24, 24]


async def test_at_a_draw_the_same_doctor_goes_first(house: House) -> None:
    lost = house.slot(NOWAK, 24, 9)
    await house.as_(PAOLO)(book_visit, lost)
    cards = await house.as_(MARIA).read(nearest_free, lost)
    assert walls(cards) == ["09:00 Lis", "09:30 Nowak", "09:30 Lis", "10:00 Nowak", "10:00 Lis", "10:30 Nowak"]


async def test_what_somebody_else_holds_is_not_near(house: House) -> None:
    await house.as_(PAOLO)(hold_slot, house.slot(LIS, 24, 9))
    cards = await house.as_(MARIA).read(nearest_free, house.slot(LIS, 24, 9))
    assert "09:00 Lis" not in walls(cards)


async def test_a_lost_slot_of_the_past_finds_the_next_ones(house: House) -> None:
    cards = await house.as_(MARIA).read(nearest_free, house.slot(KRUK, 23, 9))
    assert walls(cards)[:2] == ["10:30 Kruk", "11:00 Kruk"]


async def test_a_visit_card_tells_everything_of_a_visit(house: House) -> None:
    visit = await house.as_(MARIA)(book_visit, house.slot(NOWAK, 24, 9))
    card = await house.as_(MARIA).read(visit_card, visit)
    assert (card.doctor, card.clinic, card.address, card.preparation) == (
        NOWAK.name,
        EYES.name,
        EYES.address,
        EYES.preparation,
    )


@pytest.mark.parametrize("doctor", [None, NOWAK.id])
@pytest.mark.parametrize("question", ["first", "day", "month", "doctors", "nearest"])
async def test_free_slots_are_found_through_their_own_index(house: House, question: str, doctor: Any) -> None:
    maria, lost = house.as_(MARIA), house.slot(NOWAK, 24, 9)
    with overheard() as said:
        match question:
            case "first":
                await maria.read(first_free, EYES.id, doctor)
            case "day":
                await maria.read(free_slots, EYES.id, doctor, TUESDAY)
            case "month":
                await maria.read(free_days, EYES.id, doctor, TUESDAY, LAST)
            case "doctors":
                await maria.read(doctors_to_book, EYES.id)
            case "nearest":
                await maria.read(nearest_free, lost)
    asked = [(statement, values) for statement, values in said if "slots.free" in statement]
    assert asked
    for statement, values in asked:
        plan = house.memory.plan(statement, values)
        assert "ix_slots_free" in plan, plan
        assert not re.search("SCAN slots|Seq Scan on slots", plan), plan
