"""Slots by the clock, and whenever agendas were loaded: one doctor after another, in small transactions."""

from collections.abc import Awaitable, Callable
from datetime import date

from core.clinic import Clinic
from core.visits.doctor import DoctorId
from core.visits.loading.questions import doctors_behind
from core.visits.loading.settle_slots import settle_slots
from core.visits.loading.tally import Settled

Pause = Callable[[], Awaitable[None]]
"""Lets the desk have its turn: on SQLite there is one writer at a time."""


async def keep_agendas(clinic: Clinic, pause: Pause) -> Settled:
    """Make every agenda's slots up to the booking horizon, from wherever they end; nothing where nothing is missing."""
    settled = Settled()
    for doctor, first in await clinic.clockwork.read(doctors_behind):
        settled += await settle_doctor(clinic, doctor, first, pause)
    return settled


async def settle_doctor(clinic: Clinic, doctor: DoctorId, first: date, pause: Pause) -> Settled:
    """Settle the doctor's slots from `first` up to the booking horizon."""
    settled, day = Settled(), first
    while True:
        step = await clinic.clockwork.at_leisure(settle_slots, doctor, day)
        settled += step
        await pause()
        if step.next_day is None:
            return settled
        day = step.next_day
