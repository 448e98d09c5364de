"""The area's queries. Each store narrows to the acting person by itself."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, Final, TypeVar

from sqlalchemy import ColumnElement, Select, and_, delete, exists, func, or_, select, true
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from core.errors import NotFound
from core.identity.person import PatientId, Person, Role
from core.visits.cards import DoctorChoice, SlotCard, VisitCard
from core.visits.doctor import Doctor, DoctorId
from core.visits.hold import Hold
from core.visits.outpatient_clinic import ClinicId, OutpatientClinic
from core.visits.refusals import PatientBusy, SlotTaken
from core.visits.slot import Slot, SlotId
from core.visits.tables import agendas, clinics, doctors, holds, slots, visits
from core.visits.visit import HOLDS_ITS_SLOT, Visit, VisitId

OVERLAP: Final = "patient_overlap"
T = TypeVar("T")


class Catalogue:
    """Clinics and doctors: the same for everybody."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def clinics(self) -> Sequence[OutpatientClinic]:
        """Every clinic that has an agenda, by name."""
        has_agenda = exists().where(agendas.c.clinic_id == clinics.c.id)
        return self._session.scalars(select(OutpatientClinic).where(has_agenda).order_by(clinics.c.name)).all()

    def clinic(self, clinic_id: ClinicId) -> OutpatientClinic:
        return _found(self._session.get(OutpatientClinic, clinic_id))

    def doctor(self, doctor_id: DoctorId) -> Doctor:
        return _found(self._session.get(Doctor, doctor_id))

    def add(self, *things: object) -> None:
        """Add clinics, doctors or agendas, and write them down before anything that refers to them."""
        self._session.add_all(things)
        self._session.flush()


class SlotStore:
    """Slots as the acting person sees them: what somebody else holds is not free."""

    def __init__(self, session: Session, person: Person) -> None:
        self._session = session
        self._person = person

    def get_for_update(self, slot_id: SlotId) -> Slot:
        return _found(self._session.get(Slot, slot_id, with_for_update=True))

    def card(self, slot_id: SlotId, now: datetime) -> SlotCard:
        """The slot with the acting patient's own hold, if it still runs."""
        mine = and_(
            holds.c.slot_id == slots.c.id,
            holds.c.patient_id == self._person.patient,
            holds.c.expires_at > now,
        )
        query = _slot_cards(holds.c.expires_at).outerjoin(holds, mine).where(slots.c.id == slot_id)
        return SlotCard(*_found(self._session.execute(query).one_or_none()))

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


class HoldStore:
    def __init__(self, session: Session) -> None:
        self._session = session

    def require_not_held_by_others(self, slot_id: SlotId, patient: PatientId, now: datetime) -> None:
        """Refuse with SlotTaken while another patient's confirmation of this slot is awaited."""
        hold = self._session.get(Hold, slot_id)
        if hold is not None and hold.patient_id != patient and hold.expires_at > now:
            raise SlotTaken(slot_id)

    def replace(self, slot_id: SlotId, patient: PatientId, expires_at: datetime) -> None:
        """Hold this slot, and give back whatever the patient held before: one hold a person."""
        self._session.execute(delete(holds).where(or_(holds.c.patient_id == patient, holds.c.slot_id == slot_id)))
        self._session.execute(holds.insert().values(slot_id=slot_id, patient_id=patient, expires_at=expires_at))

    def release(self, patient: PatientId) -> None:
        self._session.execute(delete(holds).where(holds.c.patient_id == patient))


class VisitStore:
    """Visits of the acting patient; the clockwork sees all."""

    def __init__(self, session: Session, person: Person) -> None:
        self._session = session
        self._person = person

    def add(self, visit: Visit) -> None:
        self._session.add(visit)
        self.settle(visit)

    def settle(self, visit: Visit) -> None:
        """Write now, so that the schema's own word on capacity comes here; refuses with SlotTaken or PatientBusy."""
        slot_id, starts_at = visit.slot_id, visit.starts_at
        try:
            self._session.flush()
        except IntegrityError as error:
            if OVERLAP in str(error.orig):
                raise PatientBusy(starts_at) from None
            raise SlotTaken(slot_id) from None

    def get_for_update(self, visit_id: VisitId) -> Visit:
        query = select(Visit).where(visits.c.id == visit_id, *self._mine()).with_for_update()
        return _found(self._session.scalars(query).one_or_none())

    def live_on(self, slot_id: SlotId) -> VisitId | None:
        """The acting patient's own live visit in this slot."""
        query = select(visits.c.id).where(visits.c.slot_id == slot_id, *self._mine(), *_live())
        return self._session.scalars(query).one_or_none()

    def require_patient_free(self, slot: Slot, but: VisitId | None = None) -> None:
        """Refuse with PatientBusy when the acting patient is elsewhere during this slot."""
        query = select(visits.c.starts_at).where(
            *self._mine(),
            *_live(),
            visits.c.starts_at < slot.ends_at,
            visits.c.ends_at > slot.starts_at,
            visits.c.id != (but or 0),
        )
        clash = self._session.scalars(query.limit(1)).one_or_none()
        if clash is not None:
            raise PatientBusy(clash)

    def planned(self, now: datetime) -> list[VisitCard]:
        """What lies ahead, soonest first (DIAMED-14)."""
        query = _visit_cards().where(*self._mine(), *_live(), visits.c.ends_at > now)
        return [VisitCard(*row) for row in self._session.execute(query.order_by(visits.c.starts_at))]

    def card(self, visit_id: VisitId) -> VisitCard:
        query = _visit_cards().where(visits.c.id == visit_id, *self._mine())
        return VisitCard(*_found(self._session.execute(query).one_or_none()))

    def add_many(self, rows: Sequence[dict[str, object]]) -> None:
        self._session.execute(visits.insert(), rows)

    def _mine(self) -> list[ColumnElement[bool]]:
        if self._person.role is Role.CLOCKWORK:
            return []
        return [visits.c.patient_id == self._person.require_patient()]


def _live() -> list[ColumnElement[bool]]:
    return [visits.c.status.in_(HOLDS_ITS_SLOT)]


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


def _visit_cards() -> Select[*tuple[Any, ...]]:
    return (
        select(
            visits.c.id,
            visits.c.slot_id,
            visits.c.clinic_id,
            visits.c.doctor_id,
            visits.c.starts_at,
            doctors.c.name,
            clinics.c.name,
            clinics.c.address,
            clinics.c.preparation,
            visits.c.status,
            visits.c.version,
        )
        .select_from(visits)
        .join(doctors)
        .join(clinics)
    )


def _found(thing: T | None) -> T:
    if thing is None:
        raise NotFound
    return thing
