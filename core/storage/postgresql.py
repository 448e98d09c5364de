"""PostgreSQL through asyncpg: constraints, not isolation levels, keep changes apart."""

import asyncio
from collections.abc import Callable, Sequence
from typing import Final, TypeVar

from sqlalchemy import ARRAY, URL, Connection, Text, bindparam, event, text
from sqlalchemy.engine import ExceptionContext
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from core.lock import Lock
from core.storage.advisory_lock import NAME, PRIMARY, AdvisoryLock, lock_name
from core.storage.connect import connect
from core.storage.engine import BUSY_SECONDS, MANNER, QUESTIONS_AT_ONCE

R = TypeVar("R")
CHANGES_AT_ONCE: Final = 8
# Whoever freezes with a transaction open must not hold up everybody else.
SESSION: Final = {
    "application_name": NAME,
    "lock_timeout": f"{BUSY_SECONDS}s",
    "idle_in_transaction_session_timeout": "120s",
}
# No connection, no entry, no such database, full, told to stop, broken disk, locked for too long.
LOST: Final = ("08", "28", "3D", "53", "57", "58", "55P03")
# Another transaction was in the way. What it left behind is seen by the next run, also where both added the same row.
REPEATABLE: Final = frozenset({"40001", "40P01", "55P03", "23505", "23P01"})
# A lock's number is 64 bits long; the server shows its halves.
HELD: Final = text(
    """SELECT count(*) FROM pg_locks
    WHERE locktype = 'advisory' AND objsubid = 1 AND granted
      AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
      AND (classid::bigint << 32 | objid::bigint) IN (SELECT hashtextextended(name, 0) FROM unnest(:names) AS name)"""
).bindparams(bindparam("names", type_=ARRAY(Text)))


class BrokenOff(Exception):
    """The connection broke before the commit: nothing has changed."""

    def __init__(self, error: DBAPIError) -> None:
        super().__init__()
        self.error = error


class PostgreSQL:
    """Changes read what is committed, and lock the rows they judge; questions see one moment, READ ONLY."""

    def __init__(self, url: URL) -> None:
        self._url = url.set(drivername="postgresql+asyncpg")
        self.changes = self._engine(CHANGES_AT_ONCE, "READ COMMITTED")
        self.questions = self._engine(QUESTIONS_AT_ONCE, "REPEATABLE READ", reading=True)

    def _engine(self, size: int, isolation: str, reading: bool = False) -> AsyncEngine:
        engine = create_async_engine(
            self._url,
            pool_size=size,
            isolation_level=isolation,
            execution_options={"postgresql_readonly": reading},
            connect_args={"server_settings": SESSION, "target_session_attrs": PRIMARY, "async_creator_fn": connect},
            **MANNER,
        )
        event.listen(engine.sync_engine, "handle_error", _keep_values_out)
        return engine

    async def change(self, work: Callable[[Connection], R], patience: float | None) -> R:
        async with asyncio.timeout(patience):
            return await self._change_somehow(work)

    async def _change_somehow(self, work: Callable[[Connection], R]) -> R:
        """A connection that breaks before the commit has changed nothing: the work is run once more, on another."""
        try:
            return await self._change(work)
        except BrokenOff:
            pass
        try:
            return await self._change(work)
        except BrokenOff as again:
            raise again.error from None

    async def _change(self, work: Callable[[Connection], R]) -> R:
        async with self.changes.connect() as connection, connection.begin():
            try:
                return await connection.run_sync(work)
            except DBAPIError as error:
                raise BrokenOff(error) if error.connection_invalidated else error from None

    async def ask(self, work: Callable[[Connection], R], patience: float | None) -> R:
        async with asyncio.timeout(patience):
            return await self._ask_somehow(work)

    async def _ask_somehow(self, work: Callable[[Connection], R]) -> R:
        try:
            return await self._ask(work)
        except DBAPIError as error:
            if not error.connection_invalidated:
                raise
        return await self._ask(work)

    async def _ask(self, work: Callable[[Connection], R]) -> R:
        async with self.questions.connect() as connection:
            return await connection.run_sync(work)

    def may_repeat(self, error: DBAPIError) -> bool:
        return _sqlstate(error) in REPEATABLE

    def is_lost(self, error: DBAPIError) -> bool:
        return error.connection_invalidated or _sqlstate(error).startswith(LOST)

    def begin_alone(self, connection: Connection) -> None:
        connection.execute(
            text("SELECT pg_advisory_xact_lock(hashtextextended(:name, 0))"), {"name": lock_name("shape")}
        )

    def lock(self, name: str) -> Lock:
        _, options = self.changes.dialect.create_connect_args(self._url)
        return AdvisoryLock(lock_name(name), options)

    async def count_held(self, names: Sequence[str]) -> int:
        async with self.questions.connect() as connection:
            held: int = await connection.scalar(HELD, {"names": [lock_name(name) for name in names]})
        return held

    async def close(self) -> None:
        await self.changes.dispose()
        await self.questions.dispose()


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
