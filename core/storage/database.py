"""The engines: one connection that writes, several that read."""

from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from typing import Any, Final, Self

from sqlalchemy import event, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, InterfaceError, OperationalError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

QUESTIONS_AT_ONCE: Final = 4
BUSY_SECONDS: Final = 10


class UnknownDatabase(ValueError):
    """A DATABASE_URL that this version cannot serve."""


class Database:
    """SQLite in a file: WAL, `synchronous=FULL`, foreign keys.

    Changes go through one connection with BEGIN IMMEDIATE: several writers would starve each other. Questions go
    through others, with a deferred BEGIN and `query_only`.
    """

    def __init__(self, changes: AsyncEngine, questions: AsyncEngine) -> None:
        self._changes = changes
        self._questions = questions

    @classmethod
    def at(cls, url: str) -> Self:
        """The database behind this URL; raises UnknownDatabase for other engines than SQLite in a file."""
        unknown = UnknownDatabase("DATABASE_URL: expected a file, such as sqlite:///var/reception.db")
        try:
            parsed = make_url(url)
        except ArgumentError:
            raise unknown from None
        if parsed.get_backend_name() != "sqlite" or not parsed.database or parsed.database == ":memory:":
            raise unknown
        Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
        parsed = parsed.set(drivername="sqlite+aiosqlite")
        # Values stay out of errors, and so out of the logs: they are what people typed.
        manner: dict[str, Any] = {"pool_timeout": BUSY_SECONDS * 6, "max_overflow": 0, "hide_parameters": True}
        changes = create_async_engine(parsed, pool_size=1, **manner)
        questions = create_async_engine(parsed, pool_size=QUESTIONS_AT_ONCE, **manner)
        _prepare(changes, "BEGIN IMMEDIATE", "PRAGMA query_only=OFF")
        _prepare(questions, "BEGIN", "PRAGMA query_only=ON")
        return cls(changes, questions)

    def changes(self) -> AbstractAsyncContextManager[AsyncConnection]:
        """A connection in a transaction that commits at the end, or rolls back on the way out of an exception."""
        return self._changes.begin()

    @asynccontextmanager
    async def questions(self) -> AsyncIterator[AsyncConnection]:
        async with self._questions.connect() as connection:
            yield connection

    def may_repeat(self, error: DBAPIError) -> bool:
        """Whether the same transaction may well succeed when it is run again."""
        words = str(error.orig)
        return "database is locked" in words or getattr(error.orig, "sqlstate", None) in {"40001", "40P01"}

    def is_lost(self, error: DBAPIError) -> bool:
        """Whether the database is to blame, and not what we asked of it."""
        if error.connection_invalidated or isinstance(error, InterfaceError):
            return True
        ours = any(words in str(error.orig) for words in ("no such", "syntax error", "has no column", "readonly"))
        return isinstance(error, OperationalError) and not ours

    async def close(self) -> None:
        await self._changes.dispose()
        await self._questions.dispose()


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
