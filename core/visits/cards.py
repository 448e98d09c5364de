"""What screens show of visits and slots: read once, frozen, complete."""

from dataclasses import dataclass
from datetime import date, datetime

from core.visits.doctor import DoctorId
from core.visits.outpatient_clinic import ClinicId
from core.visits.slot import SlotId
from core.visits.visit import VisitId, VisitStatus


@dataclass(frozen=True, slots=True)
class SlotCard:
    """A slot as a person sees it; `held_until` is set while it is held for the one who asks."""

    id: SlotId
    clinic_id: ClinicId
    doctor_id: DoctorId
    day: date
    starts_at: datetime
    doctor: str
    surname: str
    clinic: str
    address: str
    held_until: datetime | None = None


@dataclass(frozen=True, slots=True)
class VisitCard:
    """`coming_at`: when the patient said that they are coming."""

    id: VisitId
    slot_id: SlotId
    clinic_id: ClinicId
    doctor_id: DoctorId
    starts_at: datetime
    ends_at: datetime
    doctor: str
    surname: str
    clinic: str
    address: str
    preparation: str
    status: VisitStatus
    version: int
    coming_at: datetime | None = None

    def lies_ahead(self, now: datetime) -> bool:
        """Whether it can still be moved or cancelled."""
        return self.status is VisitStatus.CONFIRMED and self.starts_at > now


@dataclass(frozen=True, slots=True)
class DoctorChoice:
    """A doctor of a clinic with the first free time, if there is one within the horizon."""

    id: DoctorId
    name: str
    first_free: datetime | None
