"""Rows of the three files, checked: what they say of a clinic, a doctor, an agenda."""

from dataclasses import dataclass
from datetime import date, time

from core.visits.agenda import Agenda, AgendaId
from core.visits.doctor import Doctor, DoctorId
from core.visits.outpatient_clinic import ClinicId, OutpatientClinic


@dataclass(frozen=True, slots=True)
class ClinicRow:
    code: str
    name: str
    address: str
    preparation: str

    def entity(self, id: ClinicId) -> OutpatientClinic:
        return OutpatientClinic(id, self.name, self.address, self.preparation, self.code)

    def change(self, known: OutpatientClinic) -> bool:
        """Bring the clinic up to date; says whether anything was different."""
        before = (known.name, known.address, known.preparation)
        known.name, known.address, known.preparation = self.name, self.address, self.preparation
        return before != (self.name, self.address, self.preparation)


@dataclass(frozen=True, slots=True)
class DoctorRow:
    code: str
    name: str
    surname: str

    def entity(self, id: DoctorId) -> Doctor:
        return Doctor(id, self.name, self.surname, self.code)

    def change(self, known: Doctor) -> bool:
        """Bring the doctor up to date; says whether anything was different."""
        before = (known.name, known.surname)
        known.name, known.surname = self.name, self.surname
        return before != (self.name, self.surname)


@dataclass(frozen=True, slots=True)
class AgendaRow:
    """`doctor` and `clinic` are codes; Monday is 0."""

    code: str
    doctor: str
    clinic: str
    weekday: int
    starts: time
    ends: time
    visit_minutes: int
    valid_from: date | None
    valid_until: date | None

    def entity(self, id: AgendaId, doctor_id: DoctorId, clinic_id: ClinicId) -> Agenda:
        return Agenda(id, doctor_id, clinic_id, *self._rule, self.code, self.valid_from, self.valid_until)

    def change(self, known: Agenda, clinic_id: ClinicId) -> bool:
        """Bring the agenda up to date, its slots then to be settled anew; says whether anything was different."""
        wanted = (clinic_id, *self._rule, self.valid_from, self.valid_until)
        before = (known.clinic_id, known.weekday, known.starts, known.ends, known.visit_minutes)
        if (*before, known.valid_from, known.valid_until) == wanted:
            return False
        known.clinic_id = clinic_id
        known.weekday, known.starts, known.ends, known.visit_minutes = self._rule
        known.valid_from, known.valid_until, known.made_until = self.valid_from, self.valid_until, None
        return True

    def clashes_with(self, other: "AgendaRow") -> bool:
        """Whether one doctor cannot keep both: the same weekday and time, on days when both are valid."""
        return (
            (self.doctor, self.weekday) == (other.doctor, other.weekday)
            and self.starts < other.ends
            and other.starts < self.ends
            and (self.valid_from or date.min) <= (other.valid_until or date.max)
            and (other.valid_from or date.min) <= (self.valid_until or date.max)
        )

    @property
    def _rule(self) -> tuple[int, time, time, int]:
        return self.weekday, self.starts, self.ends, self.visit_minutes
