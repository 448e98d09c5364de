"""What the worker asks."""

from datetime import datetime

from core.intake.update import Job
from core.transaction import Reading


def next_jobs(reading: Reading, busy: frozenset[str], limit: int, seat: int = 0) -> list[Job]:
    """The next update of each idle lane, oldest first, where it is this seat's turn."""
    reading.person.require_clockwork()
    return reading.intake.next_jobs(busy, seat, reading.now, limit)


def next_due(reading: Reading, busy: frozenset[str], seat: int = 0) -> datetime | None:
    """When there is work again for this seat in idle lanes, if there is any."""
    reading.person.require_clockwork()
    return reading.intake.next_due(busy, seat)


def other_seats(reading: Reading, seat: int) -> frozenset[int]:
    """The seats for which something waits, but for one's own."""
    reading.person.require_clockwork()
    return reading.intake.other_seats(seat)
