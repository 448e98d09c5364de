"""SQLite's one pen: who waits for it, for how long, and who never does."""

import sqlite3
import threading
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import make_url, text
from sqlalchemy.exc import DBAPIError

from core.clinic import Clinic
from core.errors import DatabaseLost
from core.storage.database import Database
from core.storage.sqlite import SQLite
from core.transaction import Reading
from core.visits.book_visit import book_visit
from core.visits.questions import planned_visits
from tests.stage.house import PROFILE, House
from tests.stage.small_clinic import MARIA, NOWAK
from tests.stage.stage import StandingClock


@pytest.fixture
def engine() -> str:
    return "sqlite"


def file_of(house: House) -> Path:
    return Path(make_url(house.database_url).database or "")


class Locker(threading.Thread):
    """Another program that holds the database's only pen until it is told to let go."""

    def __init__(self, file: Path) -> None:
        super().__init__()
        self._file = file
        self.holds, self.let_go = threading.Event(), threading.Event()

    def run(self) -> None:
        with closing(sqlite3.connect(self._file, isolation_level=None)) as memory:
            memory.execute("BEGIN IMMEDIATE")
            self.holds.set()
            self.let_go.wait(10)
            memory.execute("ROLLBACK")


class Impatient(SQLite):
    """Waits for no lock, and has the other program let go once it was refused."""

    refused = 0
    locker: Locker

    def may_repeat(self, error: DBAPIError) -> bool:
        self.refused += 1
        self.locker.let_go.set()
        self.locker.join()
        return super().may_repeat(error)


async def waits_for_nobody(database: Database) -> None:
    await database.change(lambda connection: connection.execute(text("PRAGMA busy_timeout = 0")))


async def test_a_database_that_stays_locked_is_lost(house: House) -> None:
    await waits_for_nobody(house.clinic.database)
    with closing(sqlite3.connect(file_of(house), isolation_level=None)) as memory:
        memory.execute("BEGIN IMMEDIATE")
        with pytest.raises(DatabaseLost):
            await house.as_(MARIA)(book_visit, house.slot(NOWAK, 24, 9))
        memory.execute("ROLLBACK")
    await house.as_(MARIA)(book_visit, house.slot(NOWAK, 24, 9))


def the_pen_is_taken(reading: Reading, file: str) -> bool:
    """Whether nobody else could begin a change now."""
    with closing(sqlite3.connect(file, timeout=0, isolation_level=None)) as memory:
        try:
            memory.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError:
            return True
        return False


async def test_a_change_takes_the_pen_before_it_looks_and_a_question_never(house: House) -> None:
    assert await house.clinic(the_pen_is_taken, str(file_of(house)))
    assert not await house.clinic.read(the_pen_is_taken, str(file_of(house)))


async def test_a_locked_database_still_answers_questions(house: House) -> None:
    with closing(sqlite3.connect(file_of(house), isolation_level=None)) as memory:
        memory.execute("BEGIN IMMEDIATE")
        assert await house.as_(MARIA).read(planned_visits) == []
        memory.execute("ROLLBACK")


async def test_a_locked_database_is_asked_again(house: House) -> None:
    database = Impatient(make_url(house.database_url))
    await waits_for_nobody(Database(database))
    database.locker = Locker(file_of(house))
    database.locker.start()
    database.locker.holds.wait()
    clinic = Clinic(Database(database), PROFILE, StandingClock(), house.clinic.chance, MARIA.person)
    await clinic(book_visit, house.slot(NOWAK, 24, 9))
    await clinic.database.close()
    assert database.refused == 1
    assert house.row("SELECT count(*) FROM visits") == (1,)
