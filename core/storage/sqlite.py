"""SQLite in a file: WAL, `synchronous=FULL`, foreign keys; one connection that writes, several that read."""

import fcntl
from pathlib import Path
from typing import Any, BinaryIO

from sqlalchemy import URL, Connection, event
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from core.errors import DatabaseLost
from core.lock import Lock
from core.storage.engine import BUSY_SECONDS, MANNER, QUESTIONS_AT_ONCE


class SQLite:
    """Changes go through one connection with BEGIN IMMEDIATE: several writers would starve each other.

    Questions go through others, with a deferred BEGIN and `query_only`.
    """

    def __init__(self, url: URL) -> None:
        self._file = Path(url.database or "")
        self._file.parent.mkdir(parents=True, exist_ok=True)
        url = url.set(drivername="sqlite+aiosqlite")
        self.changes = create_async_engine(url, pool_size=1, **MANNER)
        self.questions = create_async_engine(url, pool_size=QUESTIONS_AT_ONCE, **MANNER)
        _prepare(self.changes, "BEGIN IMMEDIATE", "PRAGMA query_only=OFF")
        _prepare(self.questions, "BEGIN", "PRAGMA query_only=ON")

    def may_repeat(self, error: DBAPIError) -> bool:
        return "database is locked" in str(error.orig)

    def is_lost(self, error: DBAPIError) -> bool:
        if error.connection_invalidated or isinstance(error, InterfaceError):
            return True
        ours = any(words in str(error.orig) for words in ("no such", "syntax error", "has no column", "readonly"))
        return isinstance(error, OperationalError) and not ours

    def begin_alone(self, connection: Connection) -> None:
        """BEGIN IMMEDIATE has waited already."""

    def lock(self, name: str) -> Lock:
        return FileLock(self._file.with_name(f"{self._file.name}.{name}"))


class FileLock:
    """`flock` on a file beside the database. The file stays: deleting it would let two hold the same name."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._opened: BinaryIO | None = None

    @property
    def held(self) -> bool:
        return self._opened is not None

    async def take(self) -> bool:
        if self._opened is not None:
            return True
        try:
            opened = self._file.open("ab")
        except OSError as trouble:
            raise DatabaseLost(type(trouble).__name__) from None
        try:
            fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            opened.close()
            return False
        self._opened = opened
        return True

    async def let_go(self) -> None:
        if self._opened is not None:
            self._opened.close()
            self._opened = None


def _prepare(engine: AsyncEngine, begin: str, access: str) -> None:
    @event.listens_for(engine.sync_engine, "connect")
    def on_connect(connection: Any, record: object) -> None:
        connection.isolation_level = None
        cursor = connection.cursor()
        for pragma in (
            f"PRAGMA busy_timeout={BUSY_SECONDS * 1000}",
            "PRAGMA journal_mode=WAL",
            "PRAGMA synchronous=FULL",
            "PRAGMA foreign_keys=ON",
            access,
        ):
            cursor.execute(pragma)
        cursor.close()

    @event.listens_for(engine.sync_engine, "begin")
    def on_begin(connection: Any) -> None:
        connection.exec_driver_sql(begin)
