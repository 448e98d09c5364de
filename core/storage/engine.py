"""What the two engines have in common, and what each has of its own."""

from collections.abc import Callable, Sequence
from typing import Final, Protocol, TypeVar

from sqlalchemy import Connection

from core.lock import Lock
from core.storage.memory import Memory

R = TypeVar("R")
QUESTIONS_AT_ONCE: Final = 4
BUSY_SECONDS: Final = 10


class Engine(Protocol):
    """SQLite or PostgreSQL. What is run waits for nothing but the database, and may be run again. Raises Fault."""

    async def change(self, work: Callable[[Memory], R], patience: float | None, leisurely: bool) -> R:
        """Run it in a transaction that has been committed when this returns, and left nothing when it raises.

        Only a connection that breaks, or falls silent, at the commit leaves the question open: then it raises, too.
        After `patience`, in seconds, a server far away counts as silent. What is `leisurely` does not run where others
        wait for the interpreter.
        """
        ...

    async def ask(self, work: Callable[[Memory], R], patience: float | None) -> R:
        """Run it where the database refuses any change, and sees one moment."""
        ...

    async def reshape(self, work: Callable[[Connection], R]) -> R:
        """Run it in a transaction of SQLAlchemy's own, while no other process changes the shape of the database."""
        ...

    def lock(self, name: str) -> Lock: ...

    async def count_held(self, names: Sequence[str]) -> int:
        """How many of these locks some process holds now."""
        ...

    async def close(self) -> None: ...
