"""SQLite's pen: what waited together is written together, and what fails fails alone."""

import asyncio
import sqlite3
import threading
from collections.abc import AsyncIterator, Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from core.storage import pen as pens
from core.storage.fault import Fault, Violation
from core.storage.pen import Pen
from core.storage.sqlite_line import SQLiteLine, open_file

Work = Callable[[sqlite3.Connection], int]


class Desk:
    """A pen over one table, and how often it was committed."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self.commits = 0
        with closing(open_file(file)) as memory:
            memory.execute("CREATE TABLE notes (number INTEGER PRIMARY KEY)")
        self.pen = Pen(self._open)

    def _open(self) -> sqlite3.Connection:
        opened = open_file(self.file)
        opened.set_trace_callback(self._count)
        return opened

    def _count(self, statement: str) -> None:
        self.commits += statement == "COMMIT"

    @property
    def kept(self) -> list[int]:
        with closing(sqlite3.connect(self.file)) as memory:
            return [number for (number,) in memory.execute("SELECT number FROM notes ORDER BY number")]

    async def together(self, *works: Work) -> list[Any]:
        """What comes of them when they ask for one and the same pen."""
        await self.pen.write(lambda memory: 0)
        self.commits = 0
        return await asyncio.gather(*(self.pen.write(work) for work in works), return_exceptions=True)


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    opened = Desk(tmp_path / "notes.db")
    yield opened
    await opened.pen.close()


def note(number: int) -> Work:
    def work(memory: sqlite3.Connection) -> int:
        SQLiteLine(memory).run("INSERT INTO notes VALUES (?)", (number,))
        return number

    return work


def note_and_refuse(number: int) -> Work:
    def work(memory: sqlite3.Connection) -> int:
        note(number)(memory)
        raise LookupError(number)

    return work


async def test_those_who_come_together_are_written_by_one_commit(desk: Desk) -> None:
    assert await desk.together(*map(note, range(20))) == list(range(20))
    assert desk.commits == 1
    assert desk.kept == list(range(20))


async def test_those_who_come_while_the_disk_works_share_the_next_commit(desk: Desk) -> None:
    async def a_breath_later(number: int) -> int:
        await asyncio.sleep(0)
        return await desk.pen.write(note(number))

    await desk.together()
    await asyncio.gather(desk.pen.write(note(0)), *map(a_breath_later, range(1, 20)))
    assert desk.commits == 2
    assert desk.kept == list(range(20))


async def test_whoever_fails_in_company_fails_alone(desk: Desk) -> None:
    one, refused, twice, other = await desk.together(note(1), note_and_refuse(2), note(1), note(3))
    assert (one, other) == (1, 3)
    assert isinstance(refused, LookupError)
    assert isinstance(twice, Violation)
    assert desk.kept == [1, 3]


@pytest.mark.parametrize("leisurely", [False, True])
async def test_whoever_fails_alone_leaves_nothing_wherever_it_is_written(desk: Desk, leisurely: bool) -> None:
    """The first change of all, and one that takes long, are written by the thread."""
    for _ in range(2):
        with pytest.raises(LookupError):
            await desk.pen.write(note_and_refuse(1), leisurely=leisurely)
        assert desk.kept == []


async def test_where_the_whole_transaction_goes_each_is_written_by_itself(desk: Desk) -> None:
    threads: list[int] = []

    def end_it_for_all(memory: sqlite3.Connection) -> int:
        """As a full disk does: the database rolls back by itself; once."""
        threads.append(threading.get_ident())
        if len(threads) == 1:
            memory.execute("ROLLBACK")
            return 0
        return note(2)(memory)

    assert await desk.together(note(1), end_it_for_all, note(3)) == [1, 2, 3]
    assert desk.kept == [1, 2, 3]
    assert desk.commits == 3


async def test_while_another_program_holds_the_pen_all_hear_of_it_at_once(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pens, "BUSY_SECONDS", 0)
    with closing(sqlite3.connect(desk.file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        heard = await asyncio.gather(*(desk.pen.write(note(number)) for number in range(3)), return_exceptions=True)
        assert [(type(each), str(each)) for each in heard] == [(Fault, "database is locked")] * 3
        other.execute("ROLLBACK")
    assert await desk.pen.write(note(9)) == 9
    assert desk.kept == [9]


async def test_another_programs_lock_is_waited_for_and_the_loop_goes_on(desk: Desk) -> None:
    await desk.together()
    with closing(sqlite3.connect(desk.file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        writing = asyncio.ensure_future(desk.pen.write(note(1)))  # noqa: TID251 - awaited below
        for _ in range(10):
            await asyncio.sleep(0)
        assert not writing.done()
        other.execute("ROLLBACK")
    assert await writing == 1


async def test_what_is_short_runs_in_the_loops_thread_and_what_is_leisurely_in_another(desk: Desk) -> None:
    def where(memory: sqlite3.Connection) -> int:
        return threading.get_ident()

    await desk.together()
    assert await desk.pen.write(where) == threading.get_ident()
    assert await desk.pen.write(where, leisurely=True) != threading.get_ident()


async def test_the_loop_goes_on_while_leisurely_work_is_done(desk: Desk) -> None:
    may_end = threading.Event()

    def long_one(memory: sqlite3.Connection) -> int:
        note(1)(memory)
        assert may_end.wait(10)
        return 1

    writing = asyncio.ensure_future(desk.pen.write(long_one, leisurely=True))  # noqa: TID251 - awaited below
    others = asyncio.gather(desk.pen.write(note(2)), desk.pen.write(note(3)))
    for _ in range(10):
        await asyncio.sleep(0)
    assert not writing.done()
    may_end.set()
    assert [await writing, *await others] == [1, 2, 3]


async def test_nobody_hears_before_it_is_on_the_disk(desk: Desk) -> None:
    for number in range(10):
        await desk.pen.write(note(number))
        assert desk.kept[-1] == number


async def test_whoever_went_away_meanwhile_is_not_written(desk: Desk) -> None:
    await desk.together()
    first = asyncio.ensure_future(desk.pen.write(note(0)))  # noqa: TID251 - awaited below
    await asyncio.sleep(0)
    gone = asyncio.ensure_future(desk.pen.write(note(1)))  # noqa: TID251 - cancelled here
    await asyncio.sleep(0)
    gone.cancel()
    await first
    assert await desk.pen.write(note(2)) == 2
    assert desk.kept == [0, 2]


async def test_what_waits_is_written_before_the_pen_is_put_away(desk: Desk) -> None:
    writing = asyncio.gather(*(desk.pen.write(note(number)) for number in range(3)))
    await asyncio.sleep(0)
    await desk.pen.close()
    assert await writing == [0, 1, 2]
    assert desk.kept == [0, 1, 2]
