"""Patients without accounts: they keep the agendas busy, and nobody logs in as one of them."""

from collections import deque
from datetime import date, datetime, timedelta
from random import Random
from typing import Final

from stdnum.pl import pesel

from core.demo.chance import draw_id
from core.demo.demo import DemoCrowd
from core.identity.patient import Patient
from core.identity.person import PatientId
from core.visits.slot import Slot

OLDEST_BORN: Final = date(1938, 1, 1)
DAYS_OF_BIRTH: Final = 85 * 365
CENTURY_IN_MONTH: Final = {19: 0, 20: 20}


def invent_patients(crowd: DemoCrowd, chance: Random) -> list[Patient]:
    """As many patients as the crowd is large, women and men in turn, each with a PESEL that fits."""
    patients = []
    for number in range(crowd.size):
        names = crowd.women if number % 2 == 0 else crowd.men
        born = OLDEST_BORN + timedelta(days=chance.randrange(DAYS_OF_BIRTH))
        patients.append(
            Patient(
                id=PatientId(draw_id(chance)),
                given_names=chance.choice(names.given_names),
                surname=chance.choice(names.surnames),
                born=born,
                identifier=pesel_of(born, number),
                phone=f"+486991{number:05}",
            )
        )
    return patients


def pesel_of(born: date, serial: int) -> str:
    """The PESEL with this serial of four digits: even ones belong to women, odd ones to men."""
    month = born.month + CENTURY_IN_MONTH[born.year // 100]
    digits = f"{born.year % 100:02}{month:02}{born.day:02}{serial:04}"
    return digits + pesel.calc_check_digit(digits)


class Turns:
    """Whose turn it is to have booked: everybody's, one after another, but never in two places at once."""

    def __init__(self, patients: list[PatientId]) -> None:
        self._queue = deque(patients)
        self._busy_until: dict[PatientId, datetime] = {}

    def next_for(self, slot: Slot) -> PatientId:
        """Somebody free for this slot, and busy from now on; slots must come in the order of their starts."""
        for _ in range(len(self._queue)):
            self._queue.rotate(-1)
            patient = self._queue[-1]
            if self._busy_until.get(patient, slot.starts_at) <= slot.starts_at:
                self._busy_until[patient] = slot.ends_at
                return patient
        raise ValueError("the crowd is too small for so many doctors")
