"""What we owe to somebody: a row, written in the transaction of its cause."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NewType

from core.identity.person import AccountId
from core.visits.visit import Visit, VisitId

AlertId = NewType("AlertId", int)


class AlertKind(StrEnum):
    VISIT_BOOKED = "visit_booked"
    VISIT_MOVED = "visit_moved"


class AlertState(StrEnum):
    """WAITING and LEASED are still owed; the others are ends.

    UNCERTAIN: sent twice without an answer, so that a third time would be worse than silence.
    UNREACHABLE: the person blocks every channel we have. REFUSED: the messenger will never take it.
    """

    WAITING = "waiting"
    LEASED = "leased"
    SENT = "sent"
    WITHDRAWN = "withdrawn"
    UNREACHABLE = "unreachable"
    REFUSED = "refused"
    UNCERTAIN = "uncertain"


@dataclass(eq=False)
class Alert:
    """`visit_version` tells whether the visit is still what it was; `tries` counts the sends that began."""

    id: AlertId
    kind: AlertKind
    account_id: AccountId
    visit_id: VisitId
    visit_version: int
    dedupe_key: str
    due_at: datetime
    owed_at: datetime
    state: AlertState = AlertState.WAITING
    tries: int = 0
    leased_until: datetime | None = None
    ended_at: datetime | None = None


def visit_booked(visit: Visit, id: int, account_id: AccountId, now: datetime) -> Alert:
    """The confirmation of a booking, owed at once (DIAMED-2)."""
    return _about(visit, AlertKind.VISIT_BOOKED, id, account_id, now)


def visit_moved(visit: Visit, id: int, account_id: AccountId, now: datetime) -> Alert:
    """The confirmation of the new time, owed at once (DIAMED-2, DIAMED-15)."""
    return _about(visit, AlertKind.VISIT_MOVED, id, account_id, now)


def _about(visit: Visit, kind: AlertKind, id: int, account_id: AccountId, now: datetime) -> Alert:
    return Alert(
        id=AlertId(id),
        kind=kind,
        account_id=account_id,
        visit_id=visit.id,
        visit_version=visit.version,
        dedupe_key=f"{kind}:{visit.id}:{visit.version}",
        due_at=now,
        owed_at=now,
    )
