"""What loading and keeping agendas has to know."""

from datetime import date, timedelta

from core.transaction import Reading
from core.visits.doctor import DoctorId
from core.visits.loading.rows import AgendaRow


def clinic_codes(reading: Reading) -> frozenset[str]:
    reading.person.require_clockwork()
    return reading.catalogue.clinic_codes()


def doctor_codes(reading: Reading) -> frozenset[str]:
    reading.person.require_clockwork()
    return reading.catalogue.doctor_codes()


def present_agendas(reading: Reading) -> dict[str, AgendaRow]:
    """The agendas with a code that are not over, as a file would say them, by code."""
    reading.person.require_clockwork()
    rows = reading.catalogue.present_agendas(reading.facility.day_of(reading.now))
    return {row.code: row for row in rows}


def doctors_with_agendas(reading: Reading) -> list[DoctorId]:
    reading.person.require_clockwork()
    return reading.catalogue.doctors_with_agendas()


def doctors_behind(reading: Reading) -> list[tuple[DoctorId, date]]:
    """The doctors whose slots do not reach the booking horizon, each with the first day that is missing."""
    reading.person.require_clockwork()
    today, horizon = (
        reading.facility.day_of(moment) for moment in (reading.now, reading.now + reading.facility.booking.horizon)
    )
    yesterday = today - timedelta(days=1)
    behind = reading.catalogue.doctors_behind(horizon, unsettled=yesterday)
    return [(doctor, max(made, yesterday) + timedelta(days=1)) for doctor, made in behind]
