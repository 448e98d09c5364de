"""SQLite's pen: what waited together is written together, and what fails fails alone."""

import asyncio
import sqlite3
import threading
from collections.abc import AsyncIterator, Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.exc import IntegrityError, OperationalError

from core.storage.pen import Pen

Work = Callable[[Connection], int]


class Desk:
    """A pen over one table, and how often it was committed."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self.commits = 0
        self.engine: Engine = create_engine(f"sqlite:///{file}")
        event.listen(self.engine, "connect", self._take_over)
        event.listen(self.engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN IMMEDIATE"))
        event.listen(self.engine, "commit", self._count)
        with closing(sqlite3.connect(file)) as memory:
            memory.execute("CREATE TABLE notes (number INTEGER PRIMARY KEY)")
        self.pen = Pen(self.engine)
        self.holds, self.go_on = threading.Event(), threading.Event()

    def _take_over(self, connection: Any, record: object) -> None:
        connection.isolation_level = None
        connection.execute("PRAGMA busy_timeout=0")

    def _count(self, connection: object) -> None:
        self.commits += 1

    @property
    def kept(self) -> list[int]:
        with closing(sqlite3.connect(self.file)) as memory:
            return [number for (number,) in memory.execute("SELECT number FROM notes ORDER BY number")]

    def waits(self, connection: Connection) -> int:
        """Holds the pen until the others wait, too."""
        self.holds.set()
        assert self.go_on.wait(10)
        return 0

    async def together(self, *works: Work) -> list[Any]:
        """What comes of them when they have waited for one and the same pen."""
        first = asyncio.ensure_future(self.pen.write(self.waits))  # noqa: TID251 - awaited below
        await asyncio.to_thread(self.holds.wait, 10)
        others = asyncio.gather(*(self.pen.write(work) for work in works), return_exceptions=True)
        await asyncio.sleep(0)
        self.commits = 0
        self.go_on.set()
        await first
        return await others


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    opened = Desk(tmp_path / "notes.db")
    yield opened
    await opened.pen.close()
    opened.engine.dispose()


def note(number: int) -> Work:
    def work(connection: Connection) -> int:
        connection.execute(text("INSERT INTO notes VALUES (:number)"), {"number": number})
        return number

    return work


def note_and_refuse(number: int) -> Work:
    def work(connection: Connection) -> int:
        note(number)(connection)
        raise LookupError(number)

    return work


async def test_those_who_waited_are_written_by_one_commit(desk: Desk) -> None:
    assert await desk.together(*map(note, range(20))) == list(range(20))
    assert desk.commits == 2  # the one who held the pen, and the twenty
    assert desk.kept == list(range(20))


async def test_whoever_fails_in_company_fails_alone(desk: Desk) -> None:
    one, refused, twice, other = await desk.together(note(1), note_and_refuse(2), note(1), note(3))
    assert (one, other) == (1, 3)
    assert isinstance(refused, LookupError)
    assert isinstance(twice, IntegrityError)
    assert desk.kept == [1, 3]


async def test_where_the_whole_transaction_goes_each_is_written_by_itself(desk: Desk) -> None:
    def end_it_for_all(connection: Connection) -> int:
        """As a full disk does: the database rolls back by itself."""
        if connection.in_nested_transaction():
            driver = connection.connection.driver_connection
            assert driver is not None
            driver.execute("ROLLBACK")
            return 0
        return note(2)(connection)

    assert await desk.together(note(1), end_it_for_all, note(3)) == [1, 2, 3]
    assert desk.kept == [1, 2, 3]
    assert desk.commits == 4


async def test_while_another_program_holds_the_pen_all_hear_of_it_at_once(desk: Desk) -> None:
    with closing(sqlite3.connect(desk.file, isolation_level=None)) as other:
        desk.go_on.set()
        other.execute("BEGIN IMMEDIATE")
        heard = await asyncio.gather(*(desk.pen.write(note(number)) for number in range(3)), return_exceptions=True)
        assert [type(each) for each in heard] == [OperationalError] * 3
        other.execute("ROLLBACK")
    assert await desk.pen.write(note(9)) == 9
    assert desk.kept == [9]


async def test_nobody_hears_before_it_is_on_the_disk(desk: Desk) -> None:
    for number in range(10):
        await desk.pen.write(note(number))
        assert desk.kept[-1] == number


async def test_whoever_went_away_meanwhile_is_not_written(desk: Desk) -> None:
    first = asyncio.ensure_future(desk.pen.write(desk.waits))  # noqa: TID251 - awaited below
    await asyncio.to_thread(desk.holds.wait, 10)
    gone = asyncio.ensure_future(desk.pen.write(note(1)))  # noqa: TID251 - cancelled here
    await asyncio.sleep(0)
    gone.cancel()
    desk.go_on.set()
    await first
    assert await desk.pen.write(note(2)) == 2
    assert desk.kept == [2]


async def test_what_waits_is_written_before_the_pen_is_put_away(desk: Desk) -> None:
    first = asyncio.ensure_future(desk.pen.write(desk.waits))  # noqa: TID251 - awaited below
    others = asyncio.gather(*(desk.pen.write(note(number)) for number in range(3)))
    await asyncio.sleep(0)
    desk.go_on.set()
    await desk.pen.close()
    assert await first == 0
    assert await others == [0, 1, 2]
    assert desk.kept == [0, 1, 2]
