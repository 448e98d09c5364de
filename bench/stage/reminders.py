"""Visits with reminders that fall due together, as on the evening before a working day."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select

from bench.stage.town import FACILITY, NOW
from core.alerts.alert import AlertKind, AlertState
from core.alerts.tables import alerts
from core.facility.profile import Channel
from core.visits.tables import slots, visits
from core.visits.visit import VisitStatus


def owe_reminders(connection: Connection, people: Sequence[int], due_at: datetime, first_slot: int) -> None:
    """Each of them has a visit in a slot of their own, the first in `first_slot`, and is to be reminded of it then."""
    wanted = range(first_slot, first_slot + len(people))
    found = connection.execute(select(slots).where(slots.c.id.in_(wanted)).order_by(slots.c.id)).all()
    booked = [_visit(person, slot) for person, slot in zip(people, found, strict=True)]
    connection.execute(visits.insert(), booked)
    connection.execute(slots.update().where(slots.c.id.in_(wanted)).values(free=False))
    connection.execute(alerts.insert(), [_reminder(visit, due_at) for visit in booked])


def _visit(person: int, slot: Any) -> dict[str, Any]:
    return {
        "id": slot.id,
        "patient_id": person,
        "slot_id": slot.id,
        "clinic_id": slot.clinic_id,
        "doctor_id": slot.doctor_id,
        "starts_at": slot.starts_at,
        "ends_at": slot.ends_at,
        "status": VisitStatus.CONFIRMED,
        "version": 1,
        "booked_at": NOW,
    }


def _reminder(visit: dict[str, Any], due_at: datetime) -> dict[str, Any]:
    return {
        "id": visit["id"],
        "kind": AlertKind.REMINDER,
        "account_id": visit["patient_id"],
        "channel": Channel.TELEGRAM,
        "visit_id": visit["id"],
        "visit_version": 1,
        "day": FACILITY.day_of(visit["starts_at"]),
        "dedupe_key": f"{AlertKind.REMINDER}:{visit['id']}:1:{Channel.TELEGRAM}",
        "due_at": due_at,
        "owed_at": NOW,
        "state": AlertState.WAITING,
        "tries": 0,
    }
