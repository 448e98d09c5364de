"""Slots of the nights when Rome and Warsaw change their clocks: once or not at all, and always by the wall."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from core.alerts.alert import AlertKind
from core.facility.profile import FacilityProfile
from core.transaction import Transaction
from core.visits.agenda import Agenda, AgendaId
from core.visits.book_visit import book_visit
from core.visits.loading.settle_slots import settle_slots
from core.visits.questions import free_slots
from core.visits.slot import SlotId
from tests.stage.house import PROFILE, House, open_house
from tests.stage.small_clinic import EYES, LIS, MARIA

AUTUMN, SPRING = date(2026, 10, 25), date(2027, 3, 28)
DAY, SUNDAY = timedelta(days=1), 6
NIGHT = ["01:00", "01:30", "02:00", "02:30", "03:00", "03:30"]


@pytest.fixture(params=["Europe/Warsaw", "Europe/Rome"])
def facility(request: pytest.FixtureRequest) -> FacilityProfile:
    """Open all night, and in a country where Easter Sunday, which falls on the change in spring, is no holiday."""
    hours = replace(PROFILE.booking.hours, opens=time.min, closes=time.max)
    booking = replace(PROFILE.booking, hours=hours)
    return replace(PROFILE, timezone=ZoneInfo(request.param), country="GB", booking=booking)


@pytest.fixture
async def there(house: House, facility: FacilityProfile) -> AsyncIterator[House]:
    async with open_house(house.database_url, house.clock, facility) as opened:
        yield opened


def work_at_night(tx: Transaction) -> None:
    tx.catalogue.add(Agenda(AgendaId(900), LIS.id, EYES.id, SUNDAY, time(1), time(4), visit_minutes=30))


async def settles(there: House, day: date) -> None:
    """Two days before, the night's slots are made, and made again."""
    there.clock.moment = datetime.combine(day - 2 * DAY, time(12), UTC)
    await there.clinic(work_at_night)
    for _ in range(2):
        await there.clinic(settle_slots, LIS.id, day)


async def offered(there: House, day: date) -> list[tuple[str, SlotId]]:
    """What a patient is offered that day: times by the wall."""
    zone = there.clinic.facility.timezone
    slots = await there.as_(MARIA).read(free_slots, EYES.id, LIS.id, day)
    return [(slot.starts_at.astimezone(zone).strftime("%H:%M"), slot.id) for slot in slots]


@pytest.mark.parametrize(("day", "walls"), [(AUTUMN, NIGHT), (SPRING, [NIGHT[0], NIGHT[1], NIGHT[4], NIGHT[5]])])
async def test_a_time_is_offered_once_or_where_the_wall_leaves_it_out_not_at_all(
    there: House, day: date, walls: list[str]
) -> None:
    await settles(there, day)
    assert [wall for wall, _ in await offered(there, day)] == walls
    spans = there.rows("SELECT starts_at, ends_at FROM slots WHERE agenda_id = 900 ORDER BY starts_at")
    assert all(ends <= following for (_, ends), (following, _) in pairwise(spans))


async def test_of_the_doubled_hour_the_first_is_meant(there: House) -> None:
    await settles(there, AUTUMN)
    half_past_two = "SELECT starts_at FROM slots WHERE agenda_id = 900 AND id = ?"
    [slot] = [slot for wall, slot in await offered(there, AUTUMN) if wall == "02:30"]
    assert there.row(half_past_two, slot) == ("2026-10-25 00:30:00.000000",)


@pytest.mark.parametrize("day", [AUTUMN, SPRING])
async def test_a_visit_of_such_a_night_is_reminded_of_the_evening_before(there: House, day: date) -> None:
    await settles(there, day)
    for _, slot in (await offered(there, day))[2:4]:
        await there.as_(MARIA)(book_visit, slot)

    due = there.rows("SELECT due_at FROM alerts WHERE kind = ? AND channel = 'telegram'", AlertKind.REMINDER.value)
    six = datetime.combine(day - DAY, time(18), there.clinic.facility.timezone).astimezone(UTC)
    assert due == [(six.strftime("%Y-%m-%d %H:%M:%S.%f"),)] * 2
