from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import NewType

from core.visits.agenda import AgendaId
from core.visits.doctor import DoctorId
from core.visits.outpatient_clinic import ClinicId
from core.visits.refusals import SlotPast, SlotTaken

SlotId = NewType("SlotId", int)


@dataclass(eq=False)
class Slot:
    """A bookable time of a doctor. `day` is its date on the facility's calendar.

    `removed`: it left the doctor's agenda, and stays for the visits that refer to it.
    """

    id: SlotId
    agenda_id: AgendaId
    clinic_id: ClinicId
    doctor_id: DoctorId
    day: date
    starts_at: datetime
    ends_at: datetime
    free: bool = True
    removed: bool = False

    def require_bookable(self, now: datetime, minimum_notice: timedelta) -> None:
        """Refuse with SlotPast for what has begun or begins too soon, with SlotTaken for what is booked."""
        if self.starts_at < now + minimum_notice:
            raise SlotPast(self.id)
        if not self.free:
            raise SlotTaken(self.id)

    def take(self, now: datetime, minimum_notice: timedelta) -> None:
        """Make the slot a visit's own; refuses like `require_bookable`."""
        self.require_bookable(now, minimum_notice)
        self.free = False

    def release(self) -> None:
        """Give the slot back; one that left the agenda meanwhile stays closed."""
        self.free = not self.removed
