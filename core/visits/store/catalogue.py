from collections.abc import Collection, Sequence
from datetime import date
from typing import Final

from sqlalchemy import ColumnElement, Date, and_, bindparam, exists, func, or_, select

from core.storage.memory import Memory
from core.storage.prepared import Prepared
from core.visits.agenda import Agenda
from core.visits.doctor import Doctor, DoctorId
from core.visits.loading.rows import AgendaRow
from core.visits.outpatient_clinic import ClinicId, OutpatientClinic
from core.visits.store.found import found
from core.visits.tables import agendas, clinics, doctors


def not_over(today: date | ColumnElement[date]) -> ColumnElement[bool]:
    return or_(agendas.c.valid_until.is_(None), agendas.c.valid_until >= today)


_HAS_AGENDA: Final = exists().where(agendas.c.clinic_id == clinics.c.id)
_BY_NAME: Final = select(clinics).order_by(clinics.c.name)
_WITH_AGENDA: Final = Prepared(_BY_NAME.where(_HAS_AGENDA))
_OPEN_NOW: Final = Prepared(_BY_NAME.where(_HAS_AGENDA.where(not_over(bindparam("today", type_=Date)))))


class Catalogue:
    """Clinics and doctors: the same for everybody."""

    def __init__(self, memory: Memory) -> None:
        self._memory = memory

    def clinics(self, today: date | None = None) -> Sequence[OutpatientClinic]:
        """Every clinic that has an agenda, by name; of `today`, that has one which is not over."""
        if today is None:
            return self._memory.things(OutpatientClinic, _WITH_AGENDA)
        return self._memory.things(OutpatientClinic, _OPEN_NOW, {"today": today})

    def clinic(self, clinic_id: ClinicId) -> OutpatientClinic:
        return found(self._memory.get(OutpatientClinic, clinic_id))

    def doctor(self, doctor_id: DoctorId) -> Doctor:
        return found(self._memory.get(Doctor, doctor_id))

    def add(self, *things: object) -> None:
        """Add clinics, doctors or agendas, and write them down before anything that refers to them."""
        self._memory.add(*things)
        self._memory.flush()

    def write_down(self) -> None:
        """Write changes before what is added next: a code that one agenda gives up may be another's."""
        self._memory.flush()

    def is_empty(self) -> bool:
        """Whether there is no clinic at all, with or without agendas."""
        return not self._memory.value(select(exists().select_from(clinics)))

    def holds_uncoded(self) -> bool:
        """Whether there are clinics that no file knows: a demo's."""
        return bool(self._memory.value(select(exists().where(clinics.c.code.is_(None)))))

    def clinic_codes(self) -> frozenset[str]:
        return frozenset(self._memory.column(select(clinics.c.code).where(clinics.c.code.is_not(None))))

    def doctor_codes(self) -> frozenset[str]:
        return frozenset(self._memory.column(select(doctors.c.code).where(doctors.c.code.is_not(None))))

    def clinics_by_code(self, codes: Collection[str]) -> dict[str, OutpatientClinic]:
        query = select(clinics).where(clinics.c.code.in_(codes))
        return {clinic.code or "": clinic for clinic in self._memory.things(OutpatientClinic, query)}

    def doctors_by_code(self, codes: Collection[str]) -> dict[str, Doctor]:
        query = select(doctors).where(doctors.c.code.in_(codes))
        return {doctor.code or "": doctor for doctor in self._memory.things(Doctor, query)}

    def agendas_by_code(self, codes: Collection[str]) -> dict[str, Agenda]:
        """For a change: nobody settles their slots meanwhile."""
        query = select(agendas).where(agendas.c.code.in_(codes)).order_by(agendas.c.id).with_for_update()
        return {agenda.code or "": agenda for agenda in self._memory.things(Agenda, query)}

    def agendas_of(self, doctor_id: DoctorId) -> Sequence[Agenda]:
        """The doctor's agendas, for settling their slots."""
        query = select(agendas).where(agendas.c.doctor_id == doctor_id).order_by(agendas.c.id).with_for_update()
        return self._memory.things(Agenda, query)

    def present_agendas(self, today: date) -> list[AgendaRow]:
        """The agendas with a code that are not over."""
        rule = (agendas.c.weekday, agendas.c.starts, agendas.c.ends, agendas.c.visit_minutes)
        query = (
            select(agendas.c.code, doctors.c.code, clinics.c.code, *rule, agendas.c.valid_from, agendas.c.valid_until)
            .select_from(agendas)
            .join(doctors)
            .join(clinics)
            .where(agendas.c.code.is_not(None), not_over(today))
        )
        return [AgendaRow(*row) for row in self._memory.rows(query)]

    def doctors_with_agendas(self) -> list[DoctorId]:
        return self._memory.column(select(agendas.c.doctor_id).distinct().order_by(agendas.c.doctor_id))

    def doctors_behind(self, horizon: date, unsettled: date) -> list[tuple[DoctorId, date]]:
        """Doctors with an agenda whose slots do not reach the horizon, and the last day that all of these have.

        `unsettled` stands for that day where an agenda is new, or has changed.
        """
        unfinished = or_(agendas.c.valid_until.is_(None), agendas.c.made_until < agendas.c.valid_until)
        query = (
            select(agendas.c.doctor_id, func.min(func.coalesce(agendas.c.made_until, unsettled)))
            .where(or_(agendas.c.made_until.is_(None), and_(agendas.c.made_until < horizon, unfinished)))
            .group_by(agendas.c.doctor_id)
            .order_by(agendas.c.doctor_id)
        )
        return [(doctor, made) for doctor, made in self._memory.rows(query)]
