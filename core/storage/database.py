"""The clinic's memory, on whichever engine DATABASE_URL names."""

from collections.abc import Callable, Sequence
from typing import Final, Generic, Self, TypeVar

from asyncpg import InterfaceError, InternalClientError, PostgresError
from sqlalchemy import Connection, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from core.errors import DatabaseLost
from core.lock import Lock
from core.storage.engine import Engine
from core.storage.postgresql import PostgreSQL
from core.storage.sqlite import SQLite

R = TypeVar("R")
# Above every lock's own patience: whoever waits longer waits for a machine that is gone.
ANSWER_SECONDS: Final = 30.0
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
        except (ArgumentError, ValueError):
            kind = ""
        if kind == "sqlite" and parsed.database and parsed.database != ":memory:":
            return cls(SQLite(parsed))
        if kind == "postgresql" and parsed.database:
            return cls(PostgreSQL(parsed))
        raise UnknownDatabase(
            "DATABASE_URL: expected a file, such as sqlite:///var/reception.db, "
            "or PostgreSQL, such as postgresql://user:password@host/reception"
        )

    async def change(self, work: Callable[[Connection], R], patience: float | None = ANSWER_SECONDS) -> R:
        """Run it in a transaction that has been committed when this returns, and left nothing when it raises.

        Raises DatabaseLost where there is no connection or no answer within `patience`, in seconds, and else what the
        work and the database raise.
        """
        with Named(work) as named:
            return await self._engine.change(named.work, patience)

    async def ask(self, work: Callable[[Connection], R]) -> R:
        """Run it where the database refuses any change. Raises DatabaseLost where there is no connection."""
        with Named(work) as named:
            return await self._engine.ask(named.work, ANSWER_SECONDS)

    def may_repeat(self, error: DBAPIError) -> bool:
        """Whether the same transaction may well succeed when it is run again."""
        return self._engine.may_repeat(error)

    def named(self, error: DBAPIError) -> Exception:
        """DatabaseLost where the database is to blame, and not what we asked of it; else the error itself."""
        return DatabaseLost(type(error.orig).__name__) if self._engine.is_lost(error) else error

    def begin_alone(self, connection: Connection) -> None:
        """Wait in this transaction until no other process changes the shape of the database."""
        self._engine.begin_alone(connection)

    def lock(self, name: str) -> Lock:
        """A lock of this name between the processes of this database; taken by nobody yet."""
        return self._engine.lock(name)

    async def count_held(self, names: Sequence[str]) -> int:
        """How many of these locks some process holds now. Raises DatabaseLost."""
        try:
            return await self._engine.count_held(names)
        except NO_CONNECTION as trouble:
            raise DatabaseLost(type(trouble).__name__) from None
        except DBAPIError as trouble:
            raise self.named(trouble) from None

    async def close(self) -> None:
        await self._engine.close()


class Named(Generic[R]):
    """What the driver raises before there is a connection is a lost database; what the work raises is its own word."""

    def __init__(self, work: Callable[[Connection], R]) -> None:
        self._work = work
        self._said: BaseException | None = None

    def work(self, connection: Connection) -> R:
        try:
            return self._work(connection)
        except BaseException as error:
            self._said = error
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: object, trouble: BaseException | None, trace: object) -> None:
        if isinstance(trouble, NO_CONNECTION) and trouble is not self._said:
            raise DatabaseLost(type(trouble).__name__) from None
