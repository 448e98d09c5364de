"""The small clinic without a Telegram: its database, its clock, and whoever acts in it."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from random import Random
from typing import Any, Final

from core.clinic import Clinic
from core.facility.profile import BookingPolicy, FacilityProfile
from core.facility.read_profile import read_profile
from core.identity.account import Account
from core.identity.greet_chat import greet_chat
from core.identity.open_session import open_session
from core.identity.patient import Patient
from core.identity.person import CLOCKWORK, AccountId, ChatId, PatientId, Person, Role
from core.intake.cause import Cause, cause
from core.storage.database import Database
from core.transaction import Transaction
from core.visits.book_visit import book_visit
from core.visits.doctor import Doctor
from core.visits.slot import SlotId
from tests.stage.memory import Memory
from tests.stage.small_clinic import Somebody
from tests.stage.stage import FACILITY, StandingClock

PROFILE: Final = read_profile(FACILITY)
CROWD: Final = tuple(range(5001, 5301))


@dataclass(frozen=True)
class House:
    """`clinic` acts as the clockwork; times in the memory are UTC."""

    database_url: str
    clock: StandingClock
    clinic: Clinic

    @property
    def memory(self) -> Memory:
        return Memory(self.database_url)

    def as_(self, somebody: Somebody | Person) -> Clinic:
        return self.clinic.acting_as(somebody.person if isinstance(somebody, Somebody) else somebody)

    def slot(self, doctor: Doctor, day: int, hour: int, minute: int = 0, month: int = 11) -> SlotId:
        """The doctor's slot in 2026 by the clock on Warsaw's walls."""
        starts = datetime(2026, month, day, hour, minute, tzinfo=PROFILE.timezone).astimezone(UTC)
        query = "SELECT id FROM slots WHERE doctor_id = ? AND starts_at = ?"
        return SlotId(self.row(query, doctor.id, starts.strftime("%Y-%m-%d %H:%M:%S.%f"))[0])

    def rows(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        """What the memory holds, past every store."""
        return self.memory.rows(query, *values)

    def row(self, query: str, *values: object) -> tuple[Any, ...]:
        return self.memory.row(query, *values)

    def is_free(self, slot_id: SlotId) -> bool:
        return bool(self.row("SELECT free FROM slots WHERE id = ?", slot_id)[0])

    async def lets_in(self, somebody: Somebody) -> None:
        """The person writes to the bot and has just logged in."""
        await self.clinic(greet_chat, ChatId(somebody.chat), somebody.language)
        stranger = Person(Role.STRANGER, ChatId(somebody.chat))
        await self.as_(stranger)(open_session, AccountId(somebody.number))


@asynccontextmanager
async def open_house(
    database_url: str, clock: StandingClock, facility: FacilityProfile = PROFILE
) -> AsyncIterator[House]:
    database = Database.at(database_url)
    try:
        yield House(database_url, clock, Clinic(database, facility, clock, Random(2), CLOCKWORK))
    finally:
        await database.close()


def policy(**changes: Any) -> FacilityProfile:
    """The profile with another booking policy."""
    booking: BookingPolicy = replace(PROFILE.booking, **changes)
    return replace(PROFILE, booking=booking)


def gather_crowd(tx: Transaction) -> None:
    """Three hundred patients with accounts."""
    for number in CROWD:
        tx.accounts.add(
            Patient(PatientId(number), "Ewa", "Wolna", date(1990, 2, 3), f"9002030{number}", "+48600000000"),
            Account(AccountId(number), PatientId(number), f"ewa{number}", f"ewa{number}@example.com", "no hash"),
        )


def crowd() -> Sequence[Person]:
    return [Person(Role.PATIENT, ChatId(number), AccountId(number), PatientId(number)) for number in CROWD]


async def caused(clinic: Clinic, slot: SlotId, key: str = "7:1") -> int:
    """One run of an update that books."""
    cause.set(Cause(key))
    return await clinic(book_visit, slot)
