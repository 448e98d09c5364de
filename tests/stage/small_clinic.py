"""A clinic small enough to know by heart: two clinics, three doctors, three patients, four weeks."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Final

from argon2 import PasswordHasher

from core.identity.account import Account
from core.identity.patient import Patient
from core.identity.person import AccountId, ChatId, PatientId, Person, Role
from core.transaction import Transaction
from core.visits.agenda import Agenda, AgendaId
from core.visits.doctor import Doctor, DoctorId
from core.visits.outpatient_clinic import ClinicId, OutpatientClinic

MONDAY: Final = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)  # 10:00 in Warsaw
CHEAP: Final = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
EYES: Final = OutpatientClinic(
    ClinicId(11), "Poradnia okulistyczna", "ul. Zielona 12, gab. 3", "Proszę nie prowadzić samochodu po badaniu."
)
HEART: Final = OutpatientClinic(ClinicId(12), "Poradnia kardiologiczna", "ul. Zielona 12, gab. 7", "")
NOWAK: Final = Doctor(DoctorId(21), "dr Anna Nowak", "Nowak")
LIS: Final = Doctor(DoctorId(22), "lek. Piotr Lis", "Lis")
KRUK: Final = Doctor(DoctorId(23), "dr n. med. Ewa Kruk", "Kruk")
FIRST: Final = date(2026, 11, 23)
LAST: Final = date(2026, 12, 20)


@dataclass(frozen=True)
class Somebody:
    """A patient with an account, and the phone they write from."""

    chat: int
    first_name: str
    last_name: str
    language: str
    login: str
    password: str
    number: int

    @property
    def person(self) -> Person:
        return Person(Role.PATIENT, ChatId(self.chat), AccountId(self.number), PatientId(self.number))


MARIA: Final = Somebody(1001, "Maria", "Zielińska", "en", "maria", "Tulip-1!", 31)
PAOLO: Final = Somebody(1002, "Paolo", "Rossi", "it", "paolo", "Tulip-2!", 32)
OLGA: Final = Somebody(1003, "Olga", "Petrowa", "ru", "olga", "Tulip-3!", 33)
JAN: Final = Somebody(1004, "Jan", "Kowal", "pl", "jan", "Tulip-4!", 34)
EVERYBODY: Final = (MARIA, PAOLO, OLGA, JAN)


def furnish(tx: Transaction) -> None:
    """Put it all into an empty database: half-hour visits on weekdays, 09:00 to 12:00, none of them booked."""
    for thing in (EYES, HEART, NOWAK, LIS, KRUK):
        tx.catalogue.add(_copy(thing))
    for somebody in EVERYBODY:
        tx.accounts.add(
            Patient(
                PatientId(somebody.number),
                somebody.first_name,
                somebody.last_name,
                date(1980, 1, 1),
                f"8001010000{somebody.number % 10}",
                "+48601234567",
            ),
            Account(
                AccountId(somebody.number),
                PatientId(somebody.number),
                somebody.login,
                f"{somebody.login}@example.com",
                CHEAP.hash(somebody.password),
            ),
        )
    slot_id = 1000
    rows = []
    for n, (doctor, clinic) in enumerate([(NOWAK, EYES), (LIS, EYES), (KRUK, HEART)]):
        for weekday in range(5):
            agenda = Agenda(
                AgendaId(100 + n * 10 + weekday),
                doctor.id,
                clinic.id,
                weekday,
                time(9),
                time(12),
                visit_minutes=30,
                valid_until=LAST,
                made_until=LAST,
            )
            tx.catalogue.add(agenda)
            for day, starts, ends in agenda.visits_between(FIRST, LAST, tx.facility.timezone):
                slot_id += 1
                rows.append(
                    {
                        "id": slot_id,
                        "agenda_id": agenda.id,
                        "clinic_id": clinic.id,
                        "doctor_id": doctor.id,
                        "day": day,
                        "starts_at": starts,
                        "ends_at": ends,
                        "free": True,
                    }
                )
    tx.slots.add_many(rows)


def _copy(thing: OutpatientClinic | Doctor) -> OutpatientClinic | Doctor:
    return type(thing)(**{name: getattr(thing, name) for name in thing.__dataclass_fields__})
