"""SQLite's one pen: who waits for it, for how long, and who never does."""

import asyncio
import sqlite3
import threading
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import make_url

from core import clinic as clinics
from core.errors import DatabaseLost
from core.storage import pen
from core.transaction import Reading
from core.visits.book_visit import book_visit
from core.visits.questions import planned_visits
from tests.stage.house import House
from tests.stage.small_clinic import MARIA, NOWAK


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


@pytest.fixture
def patience(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """Nobody waits for a lock."""
    monkeypatch.setattr(pen, "BUSY_SECONDS", 0)
    return monkeypatch


async def test_a_database_that_stays_locked_is_lost(house: House, patience: pytest.MonkeyPatch) -> None:
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


async def test_a_locked_database_is_asked_again(house: House, patience: pytest.MonkeyPatch) -> None:
    locker, pauses = Locker(file_of(house)), list[float]()

    async def have_the_other_let_go(seconds: float) -> None:
        pauses.append(seconds)
        locker.let_go.set()
        await asyncio.to_thread(locker.join)

    locker.start()
    locker.holds.wait()
    patience.setattr(clinics, "pause", have_the_other_let_go)
    await house.as_(MARIA)(book_visit, house.slot(NOWAK, 24, 9))
    assert len(pauses) == 1
    assert house.row("SELECT count(*) FROM visits") == (1,)


async def test_a_question_waits_in_a_thread_where_the_whole_file_is_locked(house: House) -> None:
    """As by a program that wants it for itself alone: even who only reads has to wait."""
    await house.clinic.database.close()
    with closing(sqlite3.connect(file_of(house), isolation_level=None)) as other:
        other.execute("PRAGMA locking_mode=EXCLUSIVE")
        other.execute("BEGIN EXCLUSIVE")
        asking = asyncio.ensure_future(house.as_(MARIA).read(planned_visits))  # noqa: TID251 - awaited below
        for _ in range(10):
            await asyncio.sleep(0)
        assert not asking.done()
        other.execute("ROLLBACK")
    assert await asking == []
