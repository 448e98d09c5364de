"""Fresh databases for the bars, the small clinic of the tests in them."""

import asyncio
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from core.identity.account import Account
from core.identity.greet_chat import greet_chat
from core.identity.open_session import open_session
from core.identity.patient import Patient
from core.identity.person import AccountId, ChatId, PatientId, Person, Role
from core.transaction import Transaction
from tests.stage.house import House, open_house
from tests.stage.memory import ENGINES, postgresql_database, sqlite_at
from tests.stage.small_clinic import MONDAY
from tests.stage.stage import StandingClock, furnish_database

__all__ = ["ENGINES", "admit", "empty_database", "let_in", "person", "small_clinic", "small_house"]


@contextmanager
def empty_database(engine: str) -> Iterator[str]:
    """The URL of a database that nobody else has; gone afterwards."""
    if engine == "postgresql":
        with postgresql_database() as url:
            yield url
    else:
        with TemporaryDirectory() as folder:
            yield sqlite_at(Path(folder) / "reception.db")


@asynccontextmanager
async def small_clinic(engine: str) -> AsyncIterator[str]:
    with empty_database(engine) as url:
        await asyncio.to_thread(furnish_database, url)
        yield url


@asynccontextmanager
async def small_house(engine: str) -> AsyncIterator[House]:
    """The clinic without a Telegram, by a clock that stands still."""
    async with small_clinic(engine) as url, open_house(url, StandingClock()) as house:
        yield house


def person(number: int) -> Person:
    """One of the newcomers."""
    return Person(Role.PATIENT, ChatId(number), AccountId(number), PatientId(number))


def admit(tx: Transaction, numbers: Sequence[int]) -> None:
    """Patients with accounts that nobody can log in to by a password; their chats have their numbers."""
    for number in numbers:
        tx.accounts.add(
            Patient(PatientId(number), "Ewa", "Wolna", MONDAY.date(), f"9002{number:07}", "+48600000000"),
            Account(AccountId(number), PatientId(number), f"ewa{number}", f"ewa{number}@example.com", "no hash"),
        )


async def let_in(house: House, numbers: Sequence[int]) -> None:
    """Newcomers who have written to the bot and are logged in, in English."""
    await house.clinic(admit, numbers)
    for number in numbers:
        await house.clinic(greet_chat, ChatId(number), "en")
        await house.as_(Person(Role.STRANGER, ChatId(number)))(open_session, AccountId(number))
