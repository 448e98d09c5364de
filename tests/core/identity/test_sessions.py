"""A session lives while it is used, and half a day at most."""

from datetime import timedelta

import pytest

from core.identity.person import ChatId, Person, Role
from core.identity.questions import who_calls
from core.intake.finish_update import finish_update
from core.intake.receive_updates import receive_updates
from core.intake.update import Arrival
from tests.stage.house import House
from tests.stage.small_clinic import MARIA, MONDAY

IDLE, AT_MOST, INSTANT = timedelta(minutes=30), timedelta(hours=12), timedelta(microseconds=1)
STRANGER = Person(Role.STRANGER, ChatId(MARIA.chat), account=MARIA.person.account, session_ended=True)


@pytest.fixture(autouse=True)
async def logged_in(house: House) -> None:
    await house.lets_in(MARIA)


async def caller(house: House) -> Person:
    return (await house.clinic.read(who_calls, ChatId(MARIA.chat), "en")).person


async def writes(house: House, number: int) -> None:
    """An update of Maria's chat comes in and is finished."""
    arrivals = (Arrival(f"7:{number}", "1001", {"update_id": number}),)
    await house.clinic(receive_updates, arrivals, 0, 1)
    await house.clinic(finish_update, f"7:{number}", 0, {}, ChatId(MARIA.chat))


async def test_a_session_lives_until_it_was_idle_for_half_an_hour(house: House) -> None:
    house.clock.moment = MONDAY + IDLE - INSTANT
    assert await caller(house) == MARIA.person
    house.clock.moment = MONDAY + IDLE
    assert await caller(house) == STRANGER


async def test_every_update_prolongs_it(house: House) -> None:
    house.clock.moment = MONDAY + IDLE - INSTANT
    await writes(house, 1)
    house.clock.moment += IDLE - INSTANT
    assert await caller(house) == MARIA.person


async def test_what_ran_out_is_prolonged_by_nothing(house: House) -> None:
    house.clock.moment = MONDAY + IDLE
    await writes(house, 1)
    assert await caller(house) == STRANGER


async def test_after_half_a_day_it_ends_however_busy(house: House) -> None:
    for number in range(1, 25):
        house.clock.moment = MONDAY + timedelta(minutes=29) * number
        await writes(house, number)
    house.clock.moment = MONDAY + AT_MOST - INSTANT
    assert await caller(house) == MARIA.person
    house.clock.moment = MONDAY + AT_MOST
    assert await caller(house) == STRANGER
