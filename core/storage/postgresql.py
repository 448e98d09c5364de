"""PostgreSQL through asyncpg: constraints, not isolation levels, keep changes apart."""

from collections.abc import Mapping
from contextlib import suppress
from typing import Any, Final

import asyncpg
from sqlalchemy import URL, Connection, event, text
from sqlalchemy.engine import ExceptionContext
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from core.errors import DatabaseLost
from core.lock import Lock
from core.storage.engine import BUSY_SECONDS, MANNER, QUESTIONS_AT_ONCE

CHANGES_AT_ONCE: Final = 8
NAME: Final = "reception"
# Whoever freezes with a transaction open must not hold up everybody else.
SESSION: Final = {
    "application_name": NAME,
    "lock_timeout": f"{BUSY_SECONDS}s",
    "idle_in_transaction_session_timeout": "120s",
}
# A machine that vanishes from the network gives its locks back after some ten seconds.
LOCK_SESSION: Final = {
    "application_name": f"{NAME} lock",
    "tcp_keepalives_idle": "5",
    "tcp_keepalives_interval": "2",
    "tcp_keepalives_count": "3",
}
# No connection, no entry, no such database, full, told to stop, broken disk, locked for too long.
LOST: Final = ("08", "28", "3D", "53", "57", "58", "55P03")
# Not a standby: it would refuse every change until it is promoted.
PRIMARY: Final = {"target_session_attrs": "read-write", "timeout": BUSY_SECONDS}
TROUBLES: Final = (OSError, TimeoutError, asyncpg.PostgresError, asyncpg.InterfaceError, asyncpg.InternalClientError)
# Another transaction was in the way. What it left behind is seen by the next run, also where both added the same row.
REPEATABLE: Final = frozenset({"40001", "40P01", "55P03", "23505", "23P01"})


class PostgreSQL:
    """Changes read what is committed, and lock the rows they judge; questions see one moment, READ ONLY."""

    def __init__(self, url: URL) -> None:
        self._url = url.set(drivername="postgresql+asyncpg")
        self.changes = self._engine(CHANGES_AT_ONCE, "READ COMMITTED", PRIMARY, SESSION)
        self.questions = self._engine(
            QUESTIONS_AT_ONCE,
            "REPEATABLE READ",
            {"timeout": BUSY_SECONDS},
            {**SESSION, "default_transaction_read_only": "on"},
        )

    def _engine(self, size: int, isolation: str, server: dict[str, Any], session: dict[str, str]) -> AsyncEngine:
        engine = create_async_engine(
            self._url,
            pool_size=size,
            pool_pre_ping=True,
            isolation_level=isolation,
            connect_args={"server_settings": session, **server},
            **MANNER,
        )
        event.listen(engine.sync_engine, "handle_error", _keep_values_out)
        return engine

    def may_repeat(self, error: DBAPIError) -> bool:
        return _sqlstate(error) in REPEATABLE

    def is_lost(self, error: DBAPIError) -> bool:
        return error.connection_invalidated or _sqlstate(error).startswith(LOST)

    def begin_alone(self, connection: Connection) -> None:
        connection.execute(text("SELECT pg_advisory_xact_lock(hashtextextended(:name, 0))"), {"name": f"{NAME}/shape"})

    def lock(self, name: str) -> Lock:
        _, options = self.changes.dialect.create_connect_args(self._url)
        return AdvisoryLock(f"{NAME}/{name}", options)


class AdvisoryLock:
    """A session's advisory lock, on a connection of its own: it goes when the connection does."""

    def __init__(self, name: str, options: Mapping[str, Any]) -> None:
        self._name = name
        self._options = options
        self._connection: asyncpg.Connection[Any] | None = None
        self._taken = False

    @property
    def held(self) -> bool:
        return self._taken and self._connection is not None and not self._connection.is_closed()

    async def take(self) -> bool:
        try:
            return await self._take()
        except TROUBLES as trouble:
            self._drop()
            raise DatabaseLost(type(trouble).__name__) from None

    async def _take(self) -> bool:
        if self._connection is None or self._connection.is_closed():
            self._drop()
            self._connection = await asyncpg.connect(
                **{**self._options, **PRIMARY}, server_settings=LOCK_SESSION, command_timeout=BUSY_SECONDS
            )
        if self._taken:
            await self._connection.fetchval("SELECT 1")
        else:
            query = "SELECT pg_try_advisory_lock(hashtextextended($1, 0))"
            self._taken = await self._connection.fetchval(query, self._name)
        return self._taken

    async def let_go(self) -> None:
        if self._connection is not None and self.held:
            with suppress(*TROUBLES):
                await self._connection.execute("SELECT pg_advisory_unlock_all()")
        self._drop()

    def _drop(self) -> None:
        """The server gives the lock back when it sees the connection end."""
        if self._connection is not None:
            self._connection.terminate()
        self._connection, self._taken = None, False


def _sqlstate(error: DBAPIError) -> str:
    return getattr(error.orig, "sqlstate", None) or ""


def _keep_values_out(context: ExceptionContext) -> None:
    """asyncpg and PostgreSQL quote a value that does not fit its column: only the kind of such an error is kept."""
    error = context.sqlalchemy_exception
    if isinstance(error, DBAPIError) and error.orig is not None:
        state = _sqlstate(error)
        if not state or state.startswith("22"):
            kind = type(error.orig.__cause__ or error.orig).__name__
            error.orig.args = error.args = (kind,)
