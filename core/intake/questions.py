"""What the worker asks, and whoever watches the house."""

from dataclasses import dataclass
from datetime import timedelta

from core.transaction import Reading


@dataclass(frozen=True, slots=True)
class InboxBacklog:
    """Updates that are not done yet, and how long the oldest of them has been here."""

    count: int
    oldest: timedelta


def inbox_backlog(reading: Reading) -> InboxBacklog:
    """How far the desk is behind, over all processes."""
    reading.person.require_clockwork()
    count, since = reading.intake.backlog()
    return InboxBacklog(count, timedelta(0) if since is None else reading.now - since)


def anything_waits(reading: Reading) -> bool:
    """Whether an update waits that nobody has in hand: asked every second, so that an idle clinic writes nothing."""
    reading.person.require_clockwork()
    return reading.intake.anything_waits(reading.now)


def other_seats(reading: Reading, seat: int) -> frozenset[int]:
    """The seats, but for one's own, that have something in hand, whether anybody sits there or not."""
    reading.person.require_clockwork()
    return reading.intake.other_seats(seat)
