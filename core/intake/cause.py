"""What a change was caused by: an update's changes are keyed by it, so that a second run repeats none of them."""

from collections import Counter
from contextvars import ContextVar
from typing import Final


class Cause:
    """One update at work. Its changes are numbered per use case, in the order in which they come."""

    def __init__(self, key: str) -> None:
        self.key = key
        self._counts: Counter[str] = Counter()

    def of(self, use_case: str) -> str:
        """The key of this use case's next change."""
        self._counts[use_case] += 1
        return f"{self.key}/{use_case}/{self._counts[use_case]}"


cause: Final[ContextVar[Cause | None]] = ContextVar("cause", default=None)
