"""The clinic's memory, on whichever engine DATABASE_URL names."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Final, Self

from asyncpg import InterfaceError, InternalClientError, PostgresError
from sqlalchemy import Connection, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from core.errors import DatabaseLost
from core.lock import Lock
from core.storage.engine import Engine
from core.storage.postgresql import PostgreSQL
from core.storage.sqlite import SQLite

# What a driver says before there is a connection; afterwards SQLAlchemy speaks for it.
NO_CONNECTION: Final = (OSError, PoolTimeout, PostgresError, InterfaceError, InternalClientError)


class UnknownDatabase(ValueError):
    """A DATABASE_URL that this version cannot serve."""


class Database:
    """One interface for both engines; what differs stands in `sqlite.py` and `postgresql.py`."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    @classmethod
    def at(cls, url: str) -> Self:
        """The database behind this URL; raises UnknownDatabase for anything but the two engines."""
        try:
            parsed = make_url(url)
            kind = parsed.get_backend_name()
        except ArgumentError:
            kind = ""
        if kind == "sqlite" and parsed.database and parsed.database != ":memory:":
            return cls(SQLite(parsed))
        if kind == "postgresql" and parsed.database:
            return cls(PostgreSQL(parsed))
        raise UnknownDatabase(
            "DATABASE_URL: expected a file, such as sqlite:///var/reception.db, "
            "or PostgreSQL, such as postgresql://user:password@host/reception"
        )

    @asynccontextmanager
    async def changes(self) -> AsyncIterator[AsyncConnection]:
        """A connection in a transaction that commits at the end, or rolls back on the way out of an exception.

        Raises DatabaseLost where there is no connection.
        """
        async with self._connected(self._engine.changes) as connection, connection.begin():
            yield connection

    @asynccontextmanager
    async def questions(self) -> AsyncIterator[AsyncConnection]:
        """A connection on which the database refuses any change. Raises DatabaseLost where there is none."""
        async with self._connected(self._engine.questions) as connection:
            yield connection

    def may_repeat(self, error: DBAPIError) -> bool:
        """Whether the same transaction may well succeed when it is run again."""
        return self._engine.may_repeat(error)

    def is_lost(self, error: DBAPIError) -> bool:
        """Whether the database is to blame, and not what we asked of it."""
        return self._engine.is_lost(error)

    def begin_alone(self, connection: Connection) -> None:
        """Wait in this transaction until no other process changes the shape of the database."""
        self._engine.begin_alone(connection)

    def lock(self, name: str) -> Lock:
        """A lock of this name between the processes of this database; taken by nobody yet."""
        return self._engine.lock(name)

    async def close(self) -> None:
        await self._engine.changes.dispose()
        await self._engine.questions.dispose()

    @asynccontextmanager
    async def _connected(self, connections: AsyncEngine) -> AsyncIterator[AsyncConnection]:
        async with AsyncExitStack() as stack:
            try:
                connection = await stack.enter_async_context(connections.connect())
            except NO_CONNECTION as trouble:
                raise DatabaseLost(type(trouble).__name__) from None
            except DBAPIError as trouble:
                if self.may_repeat(trouble) or not self.is_lost(trouble):
                    raise
                raise DatabaseLost(type(trouble.orig).__name__) from None
            yield connection
