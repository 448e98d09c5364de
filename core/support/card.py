from dataclasses import dataclass
from datetime import datetime

from core.support.case import CaseId, CaseKind


@dataclass(frozen=True, slots=True)
class CaseCard:
    """A case with whom to call about it, and the visit, where it is about one."""

    id: CaseId
    kind: CaseKind
    opened_at: datetime
    starts_at: datetime | None
    doctor: str | None
    clinic: str | None
    given_names: str | None
    surname: str | None
    phone: str | None
    note: str
