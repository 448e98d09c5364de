from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, func, select, true
from sqlalchemy.orm import Session

from core.identity.person import Person
from core.visits.cards import DoctorChoice, SlotCard
from core.visits.doctor import DoctorId
from core.visits.outpatient_clinic import ClinicId
from core.visits.slot import Slot, SlotId
from core.visits.store.found import found
from core.visits.tables import agendas, clinics, doctors, holds, slots


class SlotStore:
    """Slots as the acting person sees them: what somebody else holds is not free."""

    def __init__(self, session: Session, person: Person) -> None:
        self._session = session
        self._person = person

    def get_for_update(self, slot_id: SlotId) -> Slot:
        return found(self._session.get(Slot, slot_id, with_for_update=True))

    def card(self, slot_id: SlotId, now: datetime) -> SlotCard:
        """The slot with the acting patient's own hold, if it still runs."""
        mine = and_(
            holds.c.slot_id == slots.c.id,
            holds.c.patient_id == self._person.patient,
            holds.c.expires_at > now,
        )
        query = _slot_cards(holds.c.expires_at).outerjoin(holds, mine).where(slots.c.id == slot_id)
        return SlotCard(*found(self._session.execute(query).one_or_none()))

    def doctors(self, clinic_id: ClinicId, after: datetime, until: datetime, now: datetime) -> list[DoctorChoice]:
        """The clinic's doctors, the soonest free first."""
        first = (
            select(slots.c.doctor_id, func.min(slots.c.starts_at).label("first_free"))
            .where(slots.c.clinic_id == clinic_id, *self._free(after, until, now))
            .group_by(slots.c.doctor_id)
            .subquery()
        )
        works_here = exists().where(agendas.c.doctor_id == doctors.c.id, agendas.c.clinic_id == clinic_id)
        rows = self._session.execute(
            select(doctors.c.id, doctors.c.name, first.c.first_free)
            .outerjoin(first, first.c.doctor_id == doctors.c.id)
            .where(works_here)
            .order_by(first.c.first_free.is_(None), first.c.first_free, doctors.c.surname)
        )
        return [DoctorChoice(*row) for row in rows]

    def free_days(
        self, clinic_id: ClinicId, doctor_id: DoctorId | None, after: datetime, until: datetime, now: datetime
    ) -> frozenset[date]:
        query = select(slots.c.day).where(*self._of(clinic_id, doctor_id), *self._free(after, until, now))
        return frozenset(self._session.scalars(query.distinct()))

    def free(
        self,
        clinic_id: ClinicId,
        doctor_id: DoctorId | None,
        after: datetime,
        until: datetime,
        now: datetime,
        limit: int,
        latest_first: bool = False,
    ) -> list[SlotCard]:
        """The first free slots from `after` on and before `until`, soonest first (or the last ones, latest first)."""
        start = slots.c.starts_at.desc() if latest_first else slots.c.starts_at.asc()
        query = (
            _slot_cards(None)
            .where(*self._of(clinic_id, doctor_id), *self._free(after, until, now))
            .order_by(start, doctors.c.surname)
            .limit(limit)
        )
        return [SlotCard(*row) for row in self._session.execute(query)]

    def add_many(self, rows: Sequence[dict[str, object]]) -> None:
        self._session.execute(slots.insert(), rows)

    def _of(self, clinic_id: ClinicId, doctor_id: DoctorId | None) -> list[ColumnElement[bool]]:
        here = [slots.c.clinic_id == clinic_id]
        return here if doctor_id is None else [*here, slots.c.doctor_id == doctor_id]

    def _free(self, after: datetime, until: datetime, now: datetime) -> list[ColumnElement[bool]]:
        held = exists().where(
            holds.c.slot_id == slots.c.id,
            holds.c.expires_at > now,
            holds.c.patient_id != (self._person.patient or 0),
        )
        return [slots.c.free == true(), slots.c.starts_at >= after, slots.c.starts_at < until, ~held]


def _slot_cards(held_until: ColumnElement[datetime] | None) -> Select[*tuple[Any, ...]]:
    columns = [
        slots.c.id,
        slots.c.clinic_id,
        slots.c.doctor_id,
        slots.c.day,
        slots.c.starts_at,
        doctors.c.name,
        doctors.c.surname,
        clinics.c.name,
        clinics.c.address,
    ]
    query = select(*columns, *([] if held_until is None else [held_until]))
    return query.select_from(slots).join(doctors).join(clinics)
