"""What screens ask about clinics, slots and visits."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Final

from core.transaction import Reading
from core.visits.cards import DoctorChoice, SlotCard, VisitCard
from core.visits.doctor import Doctor, DoctorId
from core.visits.outpatient_clinic import ClinicId, OutpatientClinic
from core.visits.slot import SlotId
from core.visits.visit import VisitId

DAY_LIMIT: Final = 400
NEAREST: Final = 6


def desk_is_open(reading: Reading) -> None:
    """Refuses with DeskClosed outside the hours for booking, moving and cancelling (DIAMED-16)."""
    reading.facility.require_open_desk(reading.now)


def clinics_to_book(reading: Reading) -> Sequence[OutpatientClinic]:
    """Every outpatient clinic with an agenda, by name (DIAMED-13)."""
    reading.person.require_patient()
    return reading.catalogue.clinics(reading.facility.day_of(reading.now))


def clinic_to_book(reading: Reading, clinic_id: ClinicId) -> OutpatientClinic:
    reading.person.require_patient()
    return reading.catalogue.clinic(clinic_id)


def doctor_to_book(reading: Reading, doctor_id: DoctorId) -> Doctor:
    reading.person.require_patient()
    return reading.catalogue.doctor(doctor_id)


def doctors_to_book(reading: Reading, clinic_id: ClinicId) -> list[DoctorChoice]:
    """The clinic's doctors with their first free time, the soonest first (DIAMED-13)."""
    reading.person.require_patient()
    after, until = _bookable(reading)
    return reading.slots.doctors(clinic_id, after, until, reading.now)


def free_days(
    reading: Reading, clinic_id: ClinicId, doctor_id: DoctorId | None, first: date, last: date
) -> frozenset[date]:
    """The days from `first` to `last`, both included, that have a free slot."""
    reading.person.require_patient()
    after, until = _bookable(reading)
    after, until = (
        max(after, _midnight(reading, first)),
        min(until, _midnight(reading, last + timedelta(days=1))),
    )
    return reading.slots.free_days(clinic_id, doctor_id, after, until, last, reading.now)


def free_slots(reading: Reading, clinic_id: ClinicId, doctor_id: DoctorId | None, day: date) -> list[SlotCard]:
    """The free slots of one day on the facility's calendar, in order."""
    reading.person.require_patient()
    after, until = _bookable(reading)
    after, until = (
        max(after, _midnight(reading, day)),
        min(until, _midnight(reading, day + timedelta(days=1))),
    )
    return reading.slots.free(clinic_id, doctor_id, after, until, reading.now, DAY_LIMIT)


def first_free(reading: Reading, clinic_id: ClinicId, doctor_id: DoctorId | None) -> list[SlotCard]:
    """The next few free slots, soonest first."""
    reading.person.require_patient()
    after, until = _bookable(reading)
    return reading.slots.free(clinic_id, doctor_id, after, until, reading.now, NEAREST)


def nearest_free(reading: Reading, slot_id: SlotId) -> list[SlotCard]:
    """Free slots of the same clinic nearest in time to one that was lost, the same doctor's before others at a draw."""
    lost = slot_card(reading, slot_id)
    after, until = _bookable(reading)
    pivot = min(max(after, lost.starts_at), until)
    free, clinic, now = reading.slots.free, lost.clinic_id, reading.now
    near: dict[SlotId, SlotCard] = {}
    for doctor in (lost.doctor_id, None):
        later = free(clinic, doctor, pivot, until, now, NEAREST)
        earlier = free(clinic, doctor, after, pivot, now, NEAREST, latest_first=True)
        near.update({slot.id: slot for slot in later + earlier})
    by_nearness = sorted(
        near.values(), key=lambda slot: (abs(slot.starts_at - lost.starts_at), slot.doctor_id != lost.doctor_id)
    )
    return sorted(by_nearness[:NEAREST], key=lambda slot: slot.starts_at)


def slot_card(reading: Reading, slot_id: SlotId) -> SlotCard:
    reading.person.require_patient()
    return reading.slots.card(slot_id, reading.now)


def planned_visits(reading: Reading) -> list[VisitCard]:
    """The acting patient's visits ahead, soonest first (DIAMED-14)."""
    return reading.visits.planned(reading.now)


def visit_card(reading: Reading, visit_id: VisitId) -> VisitCard:
    """One visit of the acting patient; NotFound for anybody else's."""
    return reading.visits.card(visit_id)


def booking_horizon(reading: Reading) -> tuple[date, date]:
    """The first and the last day one may book, both included."""
    reading.person.require_patient()
    after, until = _bookable(reading)
    return reading.facility.day_of(after), reading.facility.day_of(until)


def _bookable(reading: Reading) -> tuple[datetime, datetime]:
    booking = reading.facility.booking
    return reading.now + booking.minimum_notice, reading.now + booking.horizon


def _midnight(reading: Reading, day: date) -> datetime:
    return datetime.combine(day, time.min, reading.facility.timezone)
