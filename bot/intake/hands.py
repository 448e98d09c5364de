"""What this process has in hand: one update a chat, so many chats at once."""

from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic
from typing import Final

from core.intake.update import Job

CHATS_AT_ONCE: Final = 64
RENEW_SECONDS: Final = 20.0


class Hands:
    """Counts; starts and awaits nothing."""

    def __init__(self) -> None:
        self._held: dict[str, tuple[str, float]] = {}
        self._promised = 0

    @property
    def free(self) -> int:
        return max(0, CHATS_AT_ONCE - len(self._held) - self._promised)

    @contextmanager
    def promised(self, most: int) -> Iterator[int]:
        """So many of the free ones, kept free for what is just being taken."""
        promised = min(most, self.free)
        self._promised += promised
        try:
            yield promised
        finally:
            self._promised -= promised

    def take(self, job: Job) -> bool:
        """Whether the chat was in nobody's hands."""
        if job.lane in self._held:
            return False
        self.hold(job)
        return True

    def hold(self, job: Job) -> None:
        """The chat's next, in the same hand."""
        self._held[job.lane] = (job.key, monotonic())

    def let_go(self, lane: str) -> None:
        self._held.pop(lane, None)

    @property
    def lanes(self) -> tuple[str, ...]:
        return tuple(self._held)

    @property
    def keys(self) -> tuple[str, ...]:
        return tuple(key for key, _ in self._held.values())

    @property
    def something_takes_long(self) -> bool:
        """Whether a lease may be running out."""
        return any(monotonic() - since > RENEW_SECONDS for _, since in self._held.values())
