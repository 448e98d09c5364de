"""What the house says to its database, in the driver's own spelling, and to its log."""

import asyncio
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, Final, NamedTuple
from unittest.mock import patch

from core.storage.prepared import Row, Spoken, Values

PATIENCE_SECONDS: Final = 20


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


async def is_logged(logs: Sequence[Mapping[str, Any]], event: str) -> None:
    """Wait until this has happened; `logs` are those that are being captured."""
    async with asyncio.timeout(PATIENCE_SECONDS):
        while event not in {line["event"] for line in logs}:  # noqa: ASYNC110 - a log rings no bell
            await asyncio.sleep(0.01)
