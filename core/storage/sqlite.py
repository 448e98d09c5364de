"""SQLite in a file: WAL, `synchronous=FULL`, foreign keys; one connection that writes, one that reads.

What is erased is overwritten: it may have been a typed password, and copies of the file go far.
"""

import asyncio
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import TypeVar

from sqlalchemy import URL, Connection, NullPool, create_engine, event
from sqlalchemy.exc import DBAPIError

from core.lock import Lock
from core.storage.fault import Fault
from core.storage.file_lock import FileLock, is_held
from core.storage.memory import Memory
from core.storage.pen import Pen
from core.storage.sqlite_line import SQLiteLine, fault_of, open_file, wait_for_locks

R = TypeVar("R")


class SQLite:
    """Changes go through one pen with BEGIN IMMEDIATE: several writers would starve each other.

    A question is answered where it is asked, in the loop's own thread: what is found by an index takes less time than
    the way into another thread. Where the file is locked, a thread waits for it. A file does not fall silent: a lock is
    waited for, BUSY_SECONDS at a time.
    """

    def __init__(self, url: URL) -> None:
        self._url = url.set(drivername="sqlite+pysqlite")
        self._file = Path(url.database or "")
        self._file.parent.mkdir(parents=True, exist_ok=True)
        self._pen = Pen(partial(open_file, self._file))
        self._reader: sqlite3.Connection | None = None

    async def change(self, work: Callable[[Memory], R], patience: float | None, leisurely: bool) -> R:
        return await self._pen.write(lambda file: work(Memory(SQLiteLine(file))), leisurely)

    async def ask(self, work: Callable[[Memory], R], patience: float | None) -> R:
        reader = self._reader or await self._open_reader()
        try:
            return _answer(reader, work)
        except Fault as fault:
            if not fault.lost:
                raise
            if not fault.again:
                self._reader = None
        return await asyncio.to_thread(self._ask_patiently, work)

    async def _open_reader(self) -> sqlite3.Connection:
        opened = await asyncio.to_thread(self._open_for_reading)
        wait_for_locks(opened, 0)
        self._reader = self._reader or opened
        return self._reader

    def _ask_patiently(self, work: Callable[[Memory], R]) -> R:
        """In a thread, which may wait; on a connection of its own."""
        with closing(self._open_for_reading()) as file:
            return _answer(file, work)

    def _open_for_reading(self) -> sqlite3.Connection:
        try:
            opened = open_file(self._file)
            opened.execute("PRAGMA query_only=ON")
        except sqlite3.Error as error:
            raise fault_of(error) from None
        return opened

    async def reshape(self, work: Callable[[Connection], R]) -> R:
        return await asyncio.to_thread(self._reshape, work)

    def _reshape(self, work: Callable[[Connection], R]) -> R:
        """BEGIN IMMEDIATE waits until nobody else writes."""
        engine = create_engine(self._url, poolclass=NullPool, creator=partial(open_file, self._file))
        event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN IMMEDIATE"))
        try:
            with engine.begin() as connection:
                return work(connection)
        except DBAPIError as error:
            raise (fault_of(error.orig) if isinstance(error.orig, sqlite3.Error) else error) from None

    def lock(self, name: str) -> Lock:
        return FileLock(self._beside(name))

    async def count_held(self, names: Sequence[str]) -> int:
        return sum(is_held(self._beside(name)) for name in names)

    async def close(self) -> None:
        await self._pen.close()
        reader, self._reader = self._reader, None
        if reader is not None:
            reader.close()

    def _beside(self, name: str) -> Path:
        return self._file.with_name(f"{self._file.name}.{name}")


def _answer(file: sqlite3.Connection, work: Callable[[Memory], R]) -> R:
    """One moment, whatever others write meanwhile."""
    line = SQLiteLine(file)
    line.run("BEGIN", ())
    try:
        return work(Memory(line))
    finally:
        file.rollback()
