"""Somebody sets the machine's clock: by an hour back or forth nothing is sent twice, and nothing is silent for ever."""

from datetime import timedelta

import pytest

from core.alerts.alert import LEASE, AlertKind, AlertState
from core.alerts.put_back_alert import put_back_alert
from core.visits.book_visit import book_visit
from tests.core.alerts.owing import claim, claim_one, is_quiet, letter_of, settle, warsaw
from tests.stage.house import House
from tests.stage.small_clinic import KRUK, MARIA, NOWAK

HOUR, HALF, TICK = timedelta(hours=1), timedelta(minutes=30), timedelta(minutes=10)
BACK, FORTH = -HOUR, HOUR


async def carries(house: House) -> list[AlertKind]:
    """What leaves at this moment."""
    left = []
    while claimed := await claim(house):
        for alert in claimed:
            letter = await letter_of(house, alert)
            left += [letter.kind] * letter.true
            await settle(house, alert, AlertState.SENT if letter.true else AlertState.WITHDRAWN)
    return left


@pytest.mark.parametrize("steps", [(BACK,), (FORTH,), (BACK, FORTH), (FORTH, BACK), (BACK, BACK), (FORTH, FORTH)])
@pytest.mark.parametrize("before", [TICK, timedelta(0), -TICK])
async def test_each_is_told_once_however_the_clock_is_set(
    house: House, steps: tuple[timedelta, ...], before: timedelta
) -> None:
    """Steps shortly before, at and after the hour of the reminder, half an hour of walking time between them."""
    await house.as_(MARIA)(book_visit, house.slot(NOWAK, 24, 9))
    left = await carries(house)
    house.clock.moment = warsaw(23, 18) - before
    for step in steps:
        left += await carries(house)
        house.clock.moment += step
        left += await carries(house)
        house.clock.moment += HALF
    while house.clock.moment < warsaw(24, 9):
        left += await carries(house)
        house.clock.moment += TICK

    assert left == [AlertKind.VISIT_BOOKED, AlertKind.REMINDER]


@pytest.mark.parametrize("step", [BACK, FORTH])
@pytest.mark.parametrize("certain", [True, False])
async def test_what_a_carrier_did_not_take_comes_an_hour_later_at_the_most(
    house: House, step: timedelta, certain: bool
) -> None:
    await house.as_(MARIA)(book_visit, house.slot(NOWAK, 24, 9))
    await house.clinic(put_back_alert, await claim_one(house), certain)
    until = house.clock.moment + TICK
    house.clock.moment += step

    left: list[AlertKind] = []
    while house.clock.moment <= max(until, until + step):
        left += await carries(house)
        house.clock.moment += timedelta(minutes=1)

    assert left == [AlertKind.VISIT_BOOKED]


async def test_what_died_in_somebodys_hands_before_the_clock_went_back_is_not_forgotten(house: House) -> None:
    for slot in (house.slot(NOWAK, 24, 9), house.slot(KRUK, 25, 9)):
        await house.as_(MARIA)(book_visit, slot)
    await claim_one(house)
    dies = house.clock.moment
    house.clock.moment += BACK

    assert await carries(house) == []
    house.clock.moment = dies + LEASE
    assert await carries(house) == [AlertKind.VISIT_BOOKED] * 2


async def test_what_waits_for_the_morning_comes_although_the_clock_goes_back_at_night(house: House) -> None:
    await house.as_(MARIA)(book_visit, house.slot(NOWAK, 24, 9))
    await is_quiet(house)
    house.clock.moment = warsaw(23, 21, 30)
    assert await carries(house) == []
    house.clock.moment += BACK
    assert await carries(house) == []

    house.clock.moment = warsaw(24, 8)

    assert await carries(house) == [AlertKind.REMINDER]
