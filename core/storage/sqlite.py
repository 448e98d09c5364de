"""SQLite in a file: WAL, `synchronous=FULL`, foreign keys; one thread that writes, several that read.

What is erased is overwritten: it may have been a typed password, and copies of the file go far.
"""

import asyncio
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError

from core.lock import Lock
from core.storage.engine import BUSY_SECONDS, MANNER, QUESTIONS_AT_ONCE
from core.storage.file_lock import FileLock, is_held
from core.storage.pen import LOCKED, Pen

R = TypeVar("R")


class SQLite:
    """Changes go through one pen with BEGIN IMMEDIATE: several writers would starve each other.

    Questions go through others, with a deferred BEGIN and `query_only`. Each takes one hop into a thread, however many
    statements it has. A file does not fall silent: a lock is waited for, BUSY_SECONDS at a time.
    """

    def __init__(self, url: URL) -> None:
        self._file = Path(url.database or "")
        self._file.parent.mkdir(parents=True, exist_ok=True)
        url = url.set(drivername="sqlite+pysqlite")
        self.changes = create_engine(url, pool_size=1, **MANNER)
        self.questions = create_engine(url, pool_size=QUESTIONS_AT_ONCE, **MANNER)
        _prepare(self.changes, "BEGIN IMMEDIATE", "PRAGMA query_only=OFF")
        _prepare(self.questions, "BEGIN", "PRAGMA query_only=ON")
        self._pen = Pen(self.changes)
        self._readers = ThreadPoolExecutor(QUESTIONS_AT_ONCE, thread_name_prefix="reading")

    async def change(self, work: Callable[[Connection], R], patience: float | None) -> R:
        return await self._pen.write(work)

    async def ask(self, work: Callable[[Connection], R], patience: float | None) -> R:
        return await asyncio.get_running_loop().run_in_executor(self._readers, partial(self._ask, work))

    def _ask(self, work: Callable[[Connection], R]) -> R:
        with self.questions.connect() as connection:
            return work(connection)

    def may_repeat(self, error: DBAPIError) -> bool:
        return LOCKED in str(error.orig)

    def is_lost(self, error: DBAPIError) -> bool:
        if error.connection_invalidated or isinstance(error, InterfaceError):
            return True
        ours = any(words in str(error.orig) for words in ("no such", "syntax error", "has no column", "readonly"))
        return isinstance(error, OperationalError) and not ours

    def begin_alone(self, connection: Connection) -> None:
        """BEGIN IMMEDIATE has waited already."""

    def lock(self, name: str) -> Lock:
        return FileLock(self._beside(name))

    async def count_held(self, names: Sequence[str]) -> int:
        return sum(is_held(self._beside(name)) for name in names)

    async def close(self) -> None:
        await self._pen.close()
        await asyncio.to_thread(self._readers.shutdown)
        self.changes.dispose()
        self.questions.dispose()

    def _beside(self, name: str) -> Path:
        return self._file.with_name(f"{self._file.name}.{name}")


def _prepare(engine: Engine, begin: str, access: str) -> None:
    @event.listens_for(engine, "connect")
    def on_connect(connection: Any, record: object) -> None:
        connection.isolation_level = None
        cursor = connection.cursor()
        for pragma in (
            f"PRAGMA busy_timeout={BUSY_SECONDS * 1000}",
            "PRAGMA journal_mode=WAL",
            "PRAGMA synchronous=FULL",
            "PRAGMA foreign_keys=ON",
            "PRAGMA secure_delete=ON",
            access,
        ):
            cursor.execute(pragma)
        cursor.close()

    @event.listens_for(engine, "begin")
    def on_begin(connection: Any) -> None:
        connection.exec_driver_sql(begin)
