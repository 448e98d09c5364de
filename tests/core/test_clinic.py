"""One use case, one transaction; one effect for each cause; questions that cannot change anything."""

import asyncio
import sqlite3
import threading
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from core.clinic import Clinic
from core.errors import DatabaseLost
from core.identity.choose_language import choose_language
from core.identity.person import Role
from core.intake.cause import Cause, cause
from core.storage.database import Database, UnknownDatabase
from core.transaction import Reading, Transaction
from core.visits.book_visit import book_visit
from core.visits.cancel_visit import cancel_visit
from core.visits.questions import planned_visits
from core.visits.refusals import SlotTaken
from core.visits.slot import SlotId
from core.visits.visit import VisitId
from tests.stage.house import PROFILE, House, caused, open_house
from tests.stage.small_clinic import MARIA, NOWAK, PAOLO
from tests.stage.stage import StandingClock

EFFECTS = "SELECT key, result FROM effects ORDER BY key"


def fill_a_slot(reading: Reading, slot_id: SlotId) -> None:
    """A question that changes something: a mistake, made on purpose."""
    reading.slots.get_for_update(slot_id).free = False
    reading.slots._session.flush()


def count_one_more(tx: Transaction) -> None:
    """Read, modify, write."""
    seen = tx.attempts.of("everybody", tx.now)
    seen.failures += 1
    tx.attempts.keep(seen)


def pair_up(tx: Transaction) -> tuple[int, int]:
    return tx.new_id(), tx.new_id()


async def test_a_question_cannot_change_anything(house: House) -> None:
    slot = house.slot(NOWAK, 24, 9)
    with pytest.raises(DBAPIError, match="readonly"):
        await house.clinic.read(fill_a_slot, slot)
    assert house.is_free(slot)


async def test_every_connection_for_questions_refuses_changes(house: House) -> None:
    async def try_to_write() -> str:
        async with house.clinic.database.questions() as connection:
            with pytest.raises(DBAPIError) as refused:
                await connection.execute(text("DELETE FROM slots"))
            return str(refused.value.orig)

    said = await asyncio.gather(*(try_to_write() for _ in range(8)))
    assert said == ["attempt to write a readonly database"] * 8


async def test_the_same_update_run_twice_books_once_and_returns_the_same(house: House) -> None:
    slot = house.slot(NOWAK, 24, 9)
    first = VisitId(await caused(house.as_(MARIA), slot))
    await house.as_(MARIA)(cancel_visit, first, None)
    assert await caused(house.as_(MARIA), slot) == first
    assert house.row("SELECT count(*) FROM visits") == (1,)


async def test_two_changes_of_one_update_are_two(house: House) -> None:
    cause.set(Cause("7:1"))
    first = await house.as_(MARIA)(book_visit, house.slot(NOWAK, 24, 9))
    second = await house.as_(MARIA)(book_visit, house.slot(NOWAK, 24, 10))
    assert house.rows(EFFECTS) == [("7:1/book_visit/1", first), ("7:1/book_visit/2", second)]


async def test_another_update_makes_another_change(house: House) -> None:
    first = await caused(house.as_(MARIA), house.slot(NOWAK, 24, 9), "7:1")
    assert await caused(house.as_(MARIA), house.slot(NOWAK, 24, 10), "7:2") != first


async def test_what_returns_nothing_is_done_once_too(house: House) -> None:
    await house.lets_in(MARIA)
    for language in ("it", "ru"):
        cause.set(Cause("7:1"))
        await house.as_(MARIA)(choose_language, language)
    assert house.row("SELECT language FROM accounts WHERE id = 31") == ("it",)


async def test_a_kept_pair_is_a_pair_again(house: House) -> None:
    cause.set(Cause("7:1"))
    first = await house.as_(MARIA)(pair_up)
    cause.set(Cause("7:1"))
    assert await house.as_(MARIA)(pair_up) == first


async def test_a_refused_change_is_judged_anew(house: House) -> None:
    slot = house.slot(NOWAK, 24, 9)
    his = await house.as_(PAOLO)(book_visit, slot)
    with pytest.raises(SlotTaken):
        await caused(house.as_(MARIA), slot)
    assert not house.rows(EFFECTS)
    cause.set(None)
    await house.as_(PAOLO)(cancel_visit, his, None)
    visit = await caused(house.as_(MARIA), slot)
    assert house.rows(EFFECTS) == [("7:1/book_visit/1", visit)]


async def test_what_the_house_does_itself_is_not_keyed(house: House) -> None:
    cause.set(Cause("7:1"))
    assert house.clinic.person.role is Role.CLOCKWORK
    assert await house.clinic(pair_up) != await house.clinic(pair_up)
    assert not house.rows(EFFECTS)


async def test_no_count_is_lost_among_many(house: House) -> None:
    await asyncio.gather(*(house.clinic(count_one_more) for _ in range(50)))
    assert house.row("SELECT failures FROM log_in_attempts") == (50,)


async def test_no_count_is_lost_between_two_desks(house: House) -> None:
    async with open_house(house.file, house.clock) as other:
        await asyncio.gather(*(desk.clinic(count_one_more) for desk in (house, other) for _ in range(20)))
    assert house.row("SELECT failures FROM log_in_attempts") == (40,)


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


class Impatient(Database):
    """Waits for no lock, and has the other program let go once it was refused."""

    refused = 0
    locker: Locker

    def may_repeat(self, error: DBAPIError) -> bool:
        self.refused += 1
        self.locker.let_go.set()
        self.locker.join()
        return super().may_repeat(error)


async def waits_for_nobody(database: Database) -> None:
    async with database.changes() as connection:
        await connection.execute(text("PRAGMA busy_timeout = 0"))


async def test_a_database_that_stays_locked_is_lost(house: House) -> None:
    await waits_for_nobody(house.clinic.database)
    with closing(sqlite3.connect(house.file, isolation_level=None)) as memory:
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
    assert await house.clinic(the_pen_is_taken, str(house.file))
    assert not await house.clinic.read(the_pen_is_taken, str(house.file))


async def test_a_locked_database_still_answers_questions(house: House) -> None:
    with closing(sqlite3.connect(house.file, isolation_level=None)) as memory:
        memory.execute("BEGIN IMMEDIATE")
        assert await house.as_(MARIA).read(planned_visits) == []
        memory.execute("ROLLBACK")


async def test_a_locked_database_is_asked_again(house: House) -> None:
    database = Impatient.at(f"sqlite:///{house.file}")
    await waits_for_nobody(database)
    database.locker = Locker(house.file)
    database.locker.start()
    database.locker.holds.wait()
    clinic = Clinic(database, PROFILE, StandingClock(), house.clinic.chance, MARIA.person)
    await clinic(book_visit, house.slot(NOWAK, 24, 9))
    await database.close()
    assert database.refused == 1
    assert house.row("SELECT count(*) FROM visits") == (1,)


async def test_another_fault_of_the_database_is_raised_at_once(house: House) -> None:
    def forget_the_table(tx: Transaction) -> None:
        tx.visits._session.execute(text("SELECT secret FROM nowhere WHERE password = :typed"), {"typed": "Tulip-1!"})

    with pytest.raises(DBAPIError, match="no such table") as broken:
        await house.as_(MARIA)(forget_the_table)
    assert "Tulip-1!" not in str(broken.value)


@pytest.mark.parametrize(
    "url", ["postgresql://me:hush@db/reception", "sqlite://", "sqlite:///:memory:", "hush", "", "mysql://hush"]
)
def test_a_database_that_cannot_be_served_is_refused_without_its_address(url: str) -> None:
    with pytest.raises(UnknownDatabase, match="DATABASE_URL: expected a file") as refused:
        Database.at(url)
    assert "hush" not in str(refused.value)
