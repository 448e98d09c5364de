"""A visit: its life, and the rules of moving and cancelling it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final, NewType, Self

from core.facility.profile import FacilityProfile
from core.identity.person import PatientId, Role
from core.visits.doctor import DoctorId
from core.visits.outpatient_clinic import ClinicId
from core.visits.refusals import ReasonTooLong, TooLateToChange, VisitNotLive
from core.visits.slot import Slot, SlotId

VisitId = NewType("VisitId", int)
REASON_LIMIT: Final = 300


class VisitStatus(StrEnum):
    REQUESTED = "requested"
    PROPOSED = "proposed"
    CONFIRMED = "confirmed"
    ARRIVED = "arrived"
    COMPLETED = "completed"
    CANCELLED = "cancelled"
    MISSED = "missed"


HOLDS_ITS_SLOT: Final = (
    VisitStatus.PROPOSED,
    VisitStatus.CONFIRMED,
    VisitStatus.ARRIVED,
    VisitStatus.COMPLETED,
)


@dataclass(eq=False)
class Visit:
    """`version` rises with every move, so that what was owed about an earlier time is recognised as stale."""

    id: VisitId
    patient_id: PatientId
    slot_id: SlotId
    clinic_id: ClinicId
    doctor_id: DoctorId
    starts_at: datetime
    ends_at: datetime
    status: VisitStatus
    version: int
    booked_at: datetime
    moved_at: datetime | None = None
    cancelled_at: datetime | None = None
    cancelled_by: Role | None = None
    cancel_reason: str | None = None
    coming_at: datetime | None = None

    @classmethod
    def book(cls, id: VisitId, patient: PatientId, slot: Slot, now: datetime) -> Self:
        """A confirmed visit in this slot, which must already be taken for it (DIAMED-13)."""
        return cls(
            id=id,
            patient_id=patient,
            slot_id=slot.id,
            clinic_id=slot.clinic_id,
            doctor_id=slot.doctor_id,
            starts_at=slot.starts_at,
            ends_at=slot.ends_at,
            status=VisitStatus.CONFIRMED,
            version=1,
            booked_at=now,
        )

    def move(self, slot: Slot, now: datetime, facility: FacilityProfile) -> None:
        """Change to another slot (DIAMED-15); refuses like `require_changeable`."""
        self.require_changeable(now, facility)
        self.slot_id, self.clinic_id, self.doctor_id = slot.id, slot.clinic_id, slot.doctor_id
        self.starts_at, self.ends_at = slot.starts_at, slot.ends_at
        self.moved_at, self.coming_at = now, None
        self.version += 1

    def cancel(self, now: datetime, by: Role, reason: str | None, facility: FacilityProfile) -> None:
        """Cancel, and keep who did it, when and why (DIAMED-15).

        Refuses like `require_changeable`, and with ReasonTooLong above REASON_LIMIT characters.
        """
        self.require_changeable(now, facility)
        if reason is not None and len(reason) > REASON_LIMIT:
            raise ReasonTooLong(REASON_LIMIT, len(reason))
        self.status = VisitStatus.CANCELLED
        self.cancelled_at, self.cancelled_by, self.cancel_reason = now, by, reason
        self.version += 1

    def say_coming(self, now: datetime) -> None:
        """The patient is coming; the first time that they said so is kept."""
        self.coming_at = self.coming_at or now

    def require_changeable(self, now: datetime, facility: FacilityProfile) -> None:
        """Refuse with VisitNotLive unless the visit lies ahead, and with TooLateToChange inside the notice period."""
        if self.status is not VisitStatus.CONFIRMED or self.starts_at <= now:
            raise VisitNotLive
        notice = facility.booking.cancellation_notice
        if now > self.starts_at - notice:
            raise TooLateToChange(notice, facility.reception.phone)
