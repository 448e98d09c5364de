"""The clinic's memory, on whichever engine DATABASE_URL names."""

from collections.abc import Callable, Sequence
from typing import Final, Self, TypeVar

from sqlalchemy import Connection, make_url
from sqlalchemy.exc import ArgumentError

from core.errors import DatabaseLost
from core.lock import Lock
from core.storage.engine import Engine
from core.storage.fault import Fault
from core.storage.memory import Memory
from core.storage.postgresql import PostgreSQL
from core.storage.sqlite import SQLite

R = TypeVar("R")
# Above every lock's own patience: whoever waits longer waits for a machine that is gone.
ANSWER_SECONDS: Final = 30.0


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

    async def change(
        self, work: Callable[[Memory], R], patience: float | None = ANSWER_SECONDS, leisurely: bool = False
    ) -> R:
        """Run it in a transaction that has been committed when this returns, and left nothing when it raises.

        `patience`: within how many seconds there has to be an answer; None for however long it takes. `leisurely`: the
        work itself takes long, and holds up nobody's answers. Raises Fault, and what the work raises.
        """

        def whole(memory: Memory) -> R:
            result = work(memory)
            memory.flush()
            return result

        return await self._engine.change(whole, patience, leisurely)

    async def ask(self, work: Callable[[Memory], R]) -> R:
        """Run it where the database refuses any change. Raises Fault, and what the work raises."""
        return await self._engine.ask(work, ANSWER_SECONDS)

    async def reshape(self, work: Callable[[Connection], R]) -> R:
        """Run it with SQLAlchemy's own connection, while no other process changes the shape. Raises Fault."""
        return await self._engine.reshape(work)

    def lock(self, name: str) -> Lock:
        """A lock of this name between the processes of this database; taken by nobody yet."""
        return self._engine.lock(name)

    async def count_held(self, names: Sequence[str]) -> int:
        """How many of these locks some process holds now. Raises DatabaseLost."""
        try:
            return await self._engine.count_held(names)
        except Fault as fault:
            raise named(fault) from None

    async def close(self) -> None:
        await self._engine.close()


def named(fault: Fault) -> Exception:
    """DatabaseLost where the database is to blame, and not what we asked of it; else the fault itself."""
    return DatabaseLost(str(fault)) if fault.lost else fault
