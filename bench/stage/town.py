"""A clinic of any size, filled in past every store: places, doctors, slots, and people who are logged in."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection

from core.facility.read_profile import read_profile
from core.identity.account import mailbox_of
from core.identity.person import AccountId, ChatId, PatientId, Person, Role
from core.identity.tables import accounts, channels, chats, patients, sessions
from core.visits.tables import agendas, clinics, doctors, slots

FACILITY_FILE: Final = Path(__file__).parent / "facility.toml"
FACILITY: Final = read_profile(FACILITY_FILE)
NOW: Final = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)  # a Monday, 10:00 in Warsaw
TODAY: Final = NOW.date()
OPENS: Final = time(8)
VISIT: Final = timedelta(minutes=30)
FIRST_PERSON: Final = 10_001


@dataclass(frozen=True, slots=True)
class Town:
    """So many clinics, doctors in each, days from tomorrow on, and half-hour slots a day; all of them free."""

    clinics: int = 16
    doctors: int = 4
    days: int = 60
    slots: int = 12

    def places(self) -> Iterator[tuple[int, int]]:
        """Each clinic with each of its doctors, by their ids."""
        for clinic in range(1, self.clinics + 1):
            for doctor in range(self.doctors):
                yield clinic, clinic * 1000 + doctor

    def slot_rows(self) -> Iterator[dict[str, Any]]:
        number = 0
        for clinic, doctor in self.places():
            for ahead in range(1, self.days + 1):
                day = TODAY + timedelta(days=ahead)
                for nth in range(self.slots):
                    number += 1
                    starts = datetime.combine(day, OPENS, FACILITY.timezone).astimezone(UTC) + nth * VISIT
                    yield _slot(number, clinic, doctor, day, starts)


def furnish(connection: Connection, town: Town, with_slots: bool = True) -> None:
    last = TODAY + timedelta(days=400)
    _add(connection, clinics, (_clinic(clinic) for clinic in range(1, town.clinics + 1)))
    _add(connection, doctors, (_doctor(doctor) for _, doctor in town.places()))
    agenda = {"weekday": 0, "starts": OPENS, "ends": time(20), "visit_minutes": 30, "made_until": last}
    _add(
        connection,
        agendas,
        ({"id": doctor, "doctor_id": doctor, "clinic_id": clinic, **agenda} for clinic, doctor in town.places()),
    )
    if with_slots:
        _add(connection, slots, town.slot_rows())


def settle(connection: Connection, people: Iterable[int], logged_in: bool = True) -> None:
    """Patients, each with an account and a chat, all under one number; the house has greeted them before."""
    numbers = list(people)
    _add(connection, patients, map(_patient, numbers))
    _add(connection, accounts, map(_account, numbers))
    _add(connection, chats, ({"id": number, "offered": "en"} for number in numbers))
    _add(connection, channels, ({"account_id": number, "chat_id": number, "reachable": True} for number in numbers))
    if logged_in:
        opened = {"opened_at": NOW, "seen_at": NOW}
        _add(
            connection,
            sessions,
            ({"id": number, "chat_id": number, "account_id": number, **opened} for number in numbers),
        )


def person_of(number: int) -> Person:
    return Person(Role.PATIENT, ChatId(number), AccountId(number), PatientId(number))


def _add(connection: Connection, table: Any, rows: Iterable[dict[str, Any]]) -> None:
    connection.execute(table.insert(), list(rows))


def _clinic(number: int) -> dict[str, Any]:
    name = f"Poradnia specjalistyczna {number:03d}"
    return {"id": number, "name": name, "address": "ul. Zielona 12, 00-001 Warszawa", "preparation": ""}


def _doctor(number: int) -> dict[str, Any]:
    surname = f"Nowak-{number % 1000}"
    return {"id": number, "name": f"dr Ewa {surname}", "surname": surname}


def _slot(number: int, clinic: int, doctor: int, day: date, starts: datetime) -> dict[str, Any]:
    return {
        "id": number,
        "agenda_id": doctor,
        "clinic_id": clinic,
        "doctor_id": doctor,
        "day": day,
        "starts_at": starts,
        "ends_at": starts + VISIT,
        "free": True,
    }


def _patient(number: int) -> dict[str, Any]:
    return {
        "id": number,
        "given_names": "Ewa",
        "surname": f"Wolna-{number}",
        "born": date(1990, 2, 3),
        "identifier": f"{number:011d}",
        "phone": "+48600000000",
    }


def _account(number: int) -> dict[str, Any]:
    email = f"ewa{number}@example.com"
    login = {"login": f"ewa{number}", "email": email, "mailbox": mailbox_of(email), "password_hash": "none"}
    return {"id": number, "patient_id": number, **login}
