"""What the memory speaks through: a driver's connection, past every library."""

from collections.abc import Sequence
from typing import Any, Protocol

from sqlalchemy import Dialect


class Line(Protocol):
    """A driver's connection in a transaction. Raises Fault."""

    dialect: Dialect

    def run(self, text: str, values: tuple[Any, ...]) -> Sequence[Any]:
        """The rows that come of it."""
        ...

    def run_all(self, text: str, many: Sequence[tuple[Any, ...]]) -> None:
        """The same with each of these values; nothing is heard of it."""
        ...
