"""What the two engines have in common, and what each has of its own."""

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Any, Final, Protocol, TypeVar

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from core.lock import Lock

R = TypeVar("R")
QUESTIONS_AT_ONCE: Final = 4
BUSY_SECONDS: Final = 10
# Values stay out of errors, and so out of the logs: they are what people typed.
MANNER: Final[Mapping[str, Any]] = MappingProxyType(
    {"pool_timeout": BUSY_SECONDS * 6, "max_overflow": 0, "hide_parameters": True}
)


class Engine(Protocol):
    """SQLite or PostgreSQL. What is run waits for nothing but the database, and may be run again."""

    async def change(self, work: Callable[[Connection], R], patience: float | None) -> R:
        """Run it in a transaction that has been committed when this returns, and left nothing when it raises.

        Only a connection that breaks, or falls silent, at the commit leaves the question open: then it raises, too.
        After `patience`, in seconds, a server far away counts as silent.
        """
        ...

    async def ask(self, work: Callable[[Connection], R], patience: float | None) -> R:
        """Run it where the database refuses any change, and sees one moment."""
        ...

    def may_repeat(self, error: DBAPIError) -> bool:
        """Whether the same transaction may well succeed when it is run again."""
        ...

    def is_lost(self, error: DBAPIError) -> bool:
        """Whether the database is to blame, and not what we asked of it."""
        ...

    def begin_alone(self, connection: Connection) -> None:
        """Wait in this transaction until no other process changes the shape of the database."""
        ...

    def lock(self, name: str) -> Lock: ...

    async def count_held(self, names: Sequence[str]) -> int:
        """How many of these locks some process holds now."""
        ...

    async def close(self) -> None: ...
