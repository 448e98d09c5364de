"""What the two engines have in common, and what each has of its own."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final, Protocol

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncEngine

from core.lock import Lock

QUESTIONS_AT_ONCE: Final = 4
BUSY_SECONDS: Final = 10
# Values stay out of errors, and so out of the logs: they are what people typed.
MANNER: Final[Mapping[str, Any]] = MappingProxyType(
    {"pool_timeout": BUSY_SECONDS * 6, "max_overflow": 0, "hide_parameters": True}
)


class Engine(Protocol):
    """SQLite or PostgreSQL. `changes` makes connections that may write, `questions` such that may not."""

    changes: AsyncEngine
    questions: AsyncEngine

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
