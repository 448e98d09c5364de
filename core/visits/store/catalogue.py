from collections.abc import Sequence

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from core.visits.doctor import Doctor, DoctorId
from core.visits.outpatient_clinic import ClinicId, OutpatientClinic
from core.visits.store.found import found
from core.visits.tables import agendas, clinics


class Catalogue:
    """Clinics and doctors: the same for everybody."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def clinics(self) -> Sequence[OutpatientClinic]:
        """Every clinic that has an agenda, by name."""
        has_agenda = exists().where(agendas.c.clinic_id == clinics.c.id)
        return self._session.scalars(select(OutpatientClinic).where(has_agenda).order_by(clinics.c.name)).all()

    def clinic(self, clinic_id: ClinicId) -> OutpatientClinic:
        return found(self._session.get(OutpatientClinic, clinic_id))

    def doctor(self, doctor_id: DoctorId) -> Doctor:
        return found(self._session.get(Doctor, doctor_id))

    def add(self, *things: object) -> None:
        """Add clinics, doctors or agendas, and write them down before anything that refers to them."""
        self._session.add_all(things)
        self._session.flush()
