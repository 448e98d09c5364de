"""How far the couriers are behind: what should have left by now, found without looking at what has time."""

from datetime import timedelta
from typing import Final

import pytest

from core.alerts.alert import AlertId, AlertState
from core.alerts.questions import AlertsBacklog, alerts_backlog
from core.errors import NotFound
from core.facility.profile import Channel
from core.visits.book_visit import book_visit
from tests.core.alerts.owing import claim_one, ends, letter_of
from tests.stage.house import House
from tests.stage.overheard import overheard
from tests.stage.small_clinic import MARIA, NOWAK

HOUR: Final = timedelta(hours=1)
NOTHING: Final = timedelta(0)


async def backlog(house: House) -> dict[Channel, tuple[int, timedelta]]:
    return {it.channel: (it.count, it.latest) for it in await house.clinic.read(alerts_backlog)}


async def books(house: House) -> None:
    """Owed at once: a message and a letter. A reminder has time until the evening before."""
    await house.lets_in(MARIA)
    await house.as_(MARIA)(book_visit, house.slot(NOWAK, 27, 9))


async def test_with_nothing_owed_no_channel_is_behind(house: House) -> None:
    told = await house.clinic.read(alerts_backlog)
    assert told == tuple(AlertsBacklog(channel, 0, NOTHING) for channel in Channel)


async def test_what_is_due_is_late_by_the_time_that_has_passed(house: House) -> None:
    await books(house)
    house.clock.moment += HOUR
    assert await backlog(house) == {Channel.TELEGRAM: (1, HOUR), Channel.EMAIL: (1, HOUR), Channel.SMS: (0, NOTHING)}


async def test_what_is_in_a_couriers_hands_has_not_left_yet(house: House) -> None:
    await books(house)
    house.clock.moment += HOUR
    await claim_one(house)
    assert (await backlog(house))[Channel.TELEGRAM] == (1, HOUR)


async def test_what_has_left_is_nobodys_trouble(house: House) -> None:
    await books(house)
    await ends(house, Channel.TELEGRAM, AlertState.SENT)
    await ends(house, Channel.EMAIL, AlertState.SENT)
    assert set((await backlog(house)).values()) == {(0, NOTHING)}


@pytest.mark.parametrize("engine", ["sqlite"])
async def test_what_has_time_is_not_looked_at(house: House) -> None:
    """On PostgreSQL the plan follows from how many rows there are."""
    with overheard() as said:
        await backlog(house)
    [(statement, values)] = [it for it in said if "FROM alerts" in it[0]]
    assert "ix_alerts_due (channel=? AND due_at<?)" in house.memory.plan(statement, values)


async def test_what_goes_in_one_message_is_found_by_its_numbers(house: House) -> None:
    """Among all that was ever sent."""
    with overheard() as said, pytest.raises(NotFound):
        await letter_of(house, AlertId(1))
    [(statement, values)] = [it for it in said if "FROM alerts" in it[0]]
    plan = house.memory.plan(statement, values)
    assert "ix_alerts_carried" in plan
    assert "SCAN alerts" not in plan
