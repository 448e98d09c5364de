"""What the worker asks."""

from datetime import datetime

from core.intake.update import Job
from core.transaction import Reading


def next_jobs(reading: Reading, busy: frozenset[str], limit: int) -> list[Job]:
    """The next update of each idle lane, oldest first."""
    reading.person.require_clockwork()
    return reading.intake.next_jobs(busy, reading.now, limit)


def next_due(reading: Reading, busy: frozenset[str]) -> datetime | None:
    """When there is work again for idle lanes, if there is any."""
    reading.person.require_clockwork()
    return reading.intake.next_due(busy)
