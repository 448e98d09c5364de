"""PostgreSQL through asyncpg: constraints, not isolation levels, keep changes apart."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from typing import Any, Final, TypeVar

from sqlalchemy import URL, Connection, NullPool, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.util import greenlet_spawn

from core.lock import Lock
from core.storage.advisory_lock import NAME, PRIMARY, AdvisoryLock, lock_name
from core.storage.connect import connect
from core.storage.engine import BUSY_SECONDS, QUESTIONS_AT_ONCE
from core.storage.fault import BrokenOff, Fault
from core.storage.memory import Memory
from core.storage.postgresql_line import DIALECT, TROUBLES, PostgreSQLLine, Server, fault_of

R = TypeVar("R")
CHANGES_AT_ONCE: Final = 8
STATEMENTS_KEPT: Final = 512
LONGEST_WAIT_SECONDS: Final = 60.0
CLOSE_SECONDS: Final = 5.0
# Whoever freezes with a transaction open must not hold up everybody else.
SESSION: Final = {
    "application_name": NAME,
    "lock_timeout": f"{BUSY_SECONDS}s",
    "idle_in_transaction_session_timeout": "120s",
}
CHANGE: Final = "BEGIN"
QUESTION: Final = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
# A lock's number is 64 bits long; the server shows its halves.
HELD: Final = """SELECT count(*) FROM pg_locks
    WHERE locktype = 'advisory' AND objsubid = 1 AND granted
      AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
      AND (classid::bigint << 32 | objid::bigint) IN (SELECT hashtextextended(held, 0) FROM unnest($1::text[]) held)"""


class PostgreSQL:
    """Changes read what is committed, and lock the rows they judge; questions see one moment, READ ONLY."""

    def __init__(self, url: URL) -> None:
        self._url = url.set(drivername="postgresql+asyncpg")
        _, self._options = DIALECT.create_connect_args(self._url)
        self._changes = Connections(self._options, CHANGES_AT_ONCE)
        self._questions = Connections(self._options, QUESTIONS_AT_ONCE)

    async def change(self, work: Callable[[Memory], R], patience: float | None, leisurely: bool) -> R:
        return await _within(patience, self._twice(self._changes, CHANGE, work))

    async def ask(self, work: Callable[[Memory], R], patience: float | None) -> R:
        return await _within(patience, self._twice(self._questions, QUESTION, work))

    async def _twice(self, connections: "Connections", begin: str, work: Callable[[Memory], R]) -> R:
        """A connection that breaks before the commit has changed nothing: the work is run once more, on another."""
        try:
            return await _in_transaction(connections, begin, work)
        except BrokenOff:
            return await _in_transaction(connections, begin, work)

    async def reshape(self, work: Callable[[Connection], R]) -> R:
        connected = {"server_settings": SESSION, "target_session_attrs": PRIMARY, "async_creator_fn": connect}
        engine = create_async_engine(self._url, poolclass=NullPool, connect_args=connected)
        alone = text("SELECT pg_advisory_xact_lock(hashtextextended(:name, 0))")
        try:
            async with engine.begin() as connection:
                await connection.execute(alone, {"name": lock_name("shape")})
                return await connection.run_sync(work)
        except DBAPIError as error:
            cause = error.orig.__cause__ or error.orig if error.orig else error
            raise fault_of(cause, gone=error.connection_invalidated) from None
        except TROUBLES as error:
            raise fault_of(error, gone=True) from None

    def lock(self, name: str) -> Lock:
        return AdvisoryLock(lock_name(name), self._options)

    async def count_held(self, names: Sequence[str]) -> int:
        async with self._questions.one() as server:
            try:
                held: int = await server.fetchval(HELD, [lock_name(name) for name in names])
            except TROUBLES as error:
                raise fault_of(error, gone=server.is_closed()) from None
        return held

    async def close(self) -> None:
        await self._changes.close()
        await self._questions.close()


class Connections:
    """So many at most, each to whichever machine takes changes; made when they are first needed, the last one first.

    The driver's own pool asks each connection to forget its session when it comes back; nothing of a session is ever
    changed here.
    """

    def __init__(self, options: Any, most: int) -> None:
        self._options = options
        self._free: list[Server] = []
        self._places = asyncio.Semaphore(most)

    @asynccontextmanager
    async def one(self) -> AsyncIterator[Server]:
        """A connection with no transaction open; whoever leaves one open has it closed. Raises Fault."""
        await self._take_place()
        try:
            server = self._taken() or await self._made()
            try:
                yield server
            finally:
                self._put_back(server)
        finally:
            self._places.release()

    async def close(self) -> None:
        """Those that are at work close when they come back broken."""
        free, self._free = self._free, []
        for server in free:
            try:
                await server.close(timeout=CLOSE_SECONDS)
            except TROUBLES:
                server.terminate()

    async def _take_place(self) -> None:
        try:
            async with asyncio.timeout(LONGEST_WAIT_SECONDS):
                await self._places.acquire()
        except TimeoutError as full:
            raise fault_of(full, gone=True) from None

    def _taken(self) -> Server | None:
        while self._free:
            server = self._free.pop()
            if not server.is_closed():
                return server
        return None

    async def _made(self) -> Server:
        try:
            return await connect(
                statement_cache_size=STATEMENTS_KEPT,
                target_session_attrs=PRIMARY,
                server_settings=SESSION,
                **self._options,
            )
        except TROUBLES as error:
            raise fault_of(error, gone=True) from None

    def _put_back(self, server: Server) -> None:
        if server.is_closed():
            self._let_go()  # whatever ended it has hardly ended it alone
        elif server.is_in_transaction():
            server.terminate()
        else:
            self._free.append(server)

    def _let_go(self) -> None:
        while self._free:
            self._free.pop().terminate()


async def _within(patience: float | None, work: Awaitable[R]) -> R:
    try:
        async with asyncio.timeout(patience) as limit:
            return await work
    except TimeoutError:
        if limit.expired():
            raise Fault("TimeoutError", lost=True) from None
        raise


async def _in_transaction(connections: Connections, begin: str, work: Callable[[Memory], R]) -> R:
    """Raises BrokenOff where the connection breaks before the commit."""
    async with connections.one() as server:
        try:
            await _say(server, begin)
            result: R = await greenlet_spawn(work, Memory(PostgreSQLLine(server)))
        except Exception as error:
            if not await _is_undone(server):
                raise BrokenOff(str(error) if isinstance(error, Fault) else type(error).__name__, lost=True) from None
            raise
        await _say(server, "COMMIT")
    return result


async def _is_undone(server: Server) -> bool:
    """Whether the connection still stands, and nothing is left open on it."""
    try:
        await server.execute("ROLLBACK")
    except TROUBLES:
        server.terminate()
        return False
    return True


async def _say(server: Server, words: str) -> None:
    try:
        await server.execute(words)
    except TROUBLES as error:
        raise fault_of(error, gone=server.is_closed()) from None
