"""On the days when Warsaw and Rome change their clocks, a reminder keeps to the hour on the wall."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import count
from zoneinfo import ZoneInfo

import pytest

from core.alerts.alert import AlertKind, AlertState
from core.alerts.owed import reminders
from core.identity.account import Account
from core.identity.person import AccountId, PatientId
from core.transaction import Transaction
from core.visits.agenda import AgendaId
from core.visits.book_visit import book_visit
from core.visits.slot import Slot, SlotId
from core.visits.visit import Visit, VisitId
from tests.core.alerts.owing import claim, is_quiet, letter_of, settle
from tests.stage.house import PROFILE, House, open_house
from tests.stage.small_clinic import EYES, MARIA, NOWAK

ZONES = ["Europe/Warsaw", "Europe/Rome"]
AUTUMN, SPRING = date(2026, 10, 25), date(2027, 3, 28)
DAY = timedelta(days=1)


def slot_at(day: date, zone: ZoneInfo) -> Slot:
    """From nine to half past nine, by the clock on the wall."""
    starts, ends = (datetime.combine(day, clock, zone).astimezone(UTC) for clock in (time(9), time(9, 30)))
    return Slot(SlotId(9), AgendaId(100), EYES.id, NOWAK.id, day, starts, ends)


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize("change", [AUTUMN, SPRING])
@pytest.mark.parametrize("days_later", [-1, 0, 1, 2])
@pytest.mark.parametrize("hour", PROFILE.alerts.reminder_hours)
def test_the_hour_on_the_wall_is_kept_around_the_change(zone: str, change: date, days_later: int, hour: int) -> None:
    facility = replace(PROFILE, timezone=ZoneInfo(zone))
    day = change + timedelta(days=days_later)
    slot = slot_at(day, facility.timezone)
    visit = Visit.book(VisitId(1), PatientId(31), slot, slot.starts_at - 5 * DAY)
    account = Account(AccountId(31), PatientId(31), "maria", "maria@example.com", "", reminder_hour=hour)
    ids = count(1)

    [reminder] = reminders(visit, account, facility, slot.starts_at - 5 * DAY, lambda: next(ids))

    assert reminder.due_at.astimezone(facility.timezone).replace(tzinfo=None) == datetime.combine(day - DAY, time(hour))


def add_slot(tx: Transaction, slot: Slot) -> None:
    tx.slots.add_many(
        [
            {
                "id": slot.id,
                "agenda_id": slot.agenda_id,
                "clinic_id": slot.clinic_id,
                "doctor_id": slot.doctor_id,
                "day": slot.day,
                "starts_at": slot.starts_at,
                "ends_at": slot.ends_at,
                "free": True,
            }
        ]
    )


@pytest.mark.rule("DIAMED-3")
@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize(
    ("visit_day", "due"),
    [
        (AUTUMN, "2026-10-24T16:00"),
        (AUTUMN + DAY, "2026-10-25T17:00"),
        (SPRING, "2027-03-27T17:00"),
        (SPRING + DAY, "2027-03-28T16:00"),
    ],
)
async def test_the_reminder_leaves_once_and_at_six_on_the_wall(
    house: House, zone: str, visit_day: date, due: str
) -> None:
    facility = replace(PROFILE, timezone=ZoneInfo(zone))
    slot = slot_at(visit_day, facility.timezone)
    async with open_house(house.database_url, house.clock, facility) as there:
        await there.clinic(add_slot, slot)
        there.clock.moment = slot.starts_at - 3 * DAY
        await there.as_(MARIA)(book_visit, slot.id)
        await is_quiet(there)

        left = []
        while there.clock.moment < slot.starts_at:
            for alert in await claim(there):
                assert (await letter_of(there, alert)).kind is AlertKind.REMINDER
                left.append(there.clock.moment)
                await settle(there, alert, AlertState.SENT)
            there.clock.moment += timedelta(minutes=30)

    assert left == [datetime.fromisoformat(due).replace(tzinfo=UTC)]
