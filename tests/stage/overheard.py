"""What the house says to its database, in the driver's own spelling."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple
from unittest.mock import patch

from core.storage.prepared import Row, Spoken, Values


class Asked(NamedTuple):
    statement: str
    values: Row


@contextmanager
def overheard() -> Iterator[list[Asked]]:
    """Every statement, with its values, but for what begins and ends a transaction."""
    said: list[Asked] = []
    order = Spoken.order

    def listen(spoken: Spoken, given: Values) -> Row:
        values = order(spoken, given)
        said.append(Asked(spoken.text, values))
        return values

    with patch.object(Spoken, "order", listen):
        yield said
