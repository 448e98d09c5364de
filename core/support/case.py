"""What a machine cannot settle: a row on the operators' list until somebody has seen to it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final, NewType

from core.identity.person import AccountId
from core.visits.visit import VisitId

CaseId = NewType("CaseId", int)
KEY_LENGTH: Final = 80
UPDATE: Final = "update {update}"


class CaseKind(StrEnum):
    """SLOT_REMOVED: a visit's time left the doctor's agenda. NOBODY_REACHED: no channel took what we owed somebody.

    DEAD_LETTER: a carrier will never take a message. UNCERTAIN: a message was sent twice, and may not have arrived.
    UPDATE_SET_ASIDE: the bot failed at what somebody asked of it.
    """

    SLOT_REMOVED = "slot_removed"
    NOBODY_REACHED = "nobody_reached"
    DEAD_LETTER = "dead_letter"
    UNCERTAIN = "uncertain"
    UPDATE_SET_ASIDE = "update_set_aside"


@dataclass(eq=False)
class Case:
    """`dedupe_key` lets the same trouble open one case only; `note` is for operators, and holds no health datum.

    `told_at`: when the operators' chat heard of it, where there is one.
    """

    id: CaseId
    kind: CaseKind
    dedupe_key: str
    opened_at: datetime
    visit_id: VisitId | None = None
    account_id: AccountId | None = None
    note: str = ""
    closed_at: datetime | None = None
    told_at: datetime | None = None


def about_visit(id: int, kind: CaseKind, visit_id: VisitId, key: str, now: datetime, note: str = "") -> Case:
    """A case about a visit; `key` tells two troubles with the same visit apart."""
    return Case(CaseId(id), kind, f"{kind}:{visit_id}:{key}"[:KEY_LENGTH], now, visit_id=visit_id, note=note)


def about_message(
    id: int, kind: CaseKind, matter: str, account_id: AccountId, visit_id: VisitId | None, note: str, now: datetime
) -> Case:
    """A case about a message to this account; `matter` tells it from its other messages."""
    key = f"{kind}:{matter}"[:KEY_LENGTH]
    return Case(CaseId(id), kind, key, now, visit_id=visit_id, account_id=account_id, note=note)


def about_update(id: int, update: str, account_id: AccountId | None, now: datetime) -> Case:
    """A case about an update that was set aside, by its key; the account is the one logged in where it came from."""
    key = f"{CaseKind.UPDATE_SET_ASIDE}:{update}"[:KEY_LENGTH]
    return Case(
        CaseId(id), CaseKind.UPDATE_SET_ASIDE, key, now, account_id=account_id, note=UPDATE.format(update=update)
    )
