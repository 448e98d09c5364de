"""The area's queries."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, func, or_, select, true, update

from core.identity.person import Person
from core.identity.tables import accounts, patients
from core.storage.memory import Memory
from core.support.card import CaseCard
from core.support.case import Case, CaseId, CaseKind
from core.support.tables import cases
from core.visits.tables import clinics, doctors, slots, visits
from core.visits.visit import HOLDS_ITS_SLOT

ON_A_CARD: Final[tuple[ColumnElement[Any], ...]] = (
    cases.c.id,
    cases.c.kind,
    cases.c.opened_at,
    visits.c.starts_at,
    doctors.c.name,
    clinics.c.name,
    patients.c.given_names,
    patients.c.surname,
    patients.c.phone,
    cases.c.note,
)


class CaseStore:
    def __init__(self, memory: Memory, person: Person) -> None:
        self._memory = memory
        self._person = person

    def open(self, case: Case) -> None:
        """Put a case on the list, unless the same trouble is there already; one that was closed is opened again."""
        known = self._memory.thing(Case, select(cases).where(cases.c.dedupe_key == case.dedupe_key))
        if known is None:
            self._memory.add(case)
            self._memory.flush()
        elif known.closed_at is not None:
            known.opened_at, known.closed_at, known.told_at = case.opened_at, None, None

    def note_told(self, told: Sequence[CaseId], now: datetime) -> None:
        """The operators' chat has heard of these."""
        self._person.require_clockwork()
        fresh = [cases.c.id.in_(told), cases.c.told_at.is_(None)]
        self._memory.tell(update(cases).where(*fresh).values(told_at=now))

    def untold(self, limit: int) -> list[CaseCard]:
        """The same as `cards`, of those that the operators' chat has not heard of."""
        return self._cards(cases.c.told_at.is_(None), limit=limit)

    def cards(self) -> list[CaseCard]:
        """The open cases as operators read them, oldest first."""
        return self._cards()

    def _cards(self, *which: ColumnElement[bool], limit: int | None = None) -> list[CaseCard]:
        """A visit that lost its time is no case any more once it was moved or cancelled, or its time is back."""
        self._person.require_clockwork()
        still_without_time = slots.c.removed == true()
        query = (
            select(*ON_A_CARD)
            .select_from(cases)
            .outerjoin(visits, visits.c.id == cases.c.visit_id)
            .outerjoin(slots, slots.c.id == visits.c.slot_id)
            .outerjoin(doctors, doctors.c.id == visits.c.doctor_id)
            .outerjoin(clinics, clinics.c.id == visits.c.clinic_id)
            .outerjoin(accounts, accounts.c.id == cases.c.account_id)
            .outerjoin(patients, patients.c.id == func.coalesce(visits.c.patient_id, accounts.c.patient_id))
            .where(
                *which,
                cases.c.closed_at.is_(None),
                or_(
                    cases.c.kind != CaseKind.SLOT_REMOVED,
                    still_without_time & visits.c.status.in_(HOLDS_ITS_SLOT),
                ),
            )
            .order_by(cases.c.opened_at, cases.c.id)
            .limit(limit)
        )
        return [CaseCard(*row) for row in self._memory.rows(query)]
