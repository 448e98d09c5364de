"""APScheduler only ticks; what is due, and what became of it, the database knows."""

from collections.abc import Awaitable, Callable, Iterable
from datetime import UTC
from typing import Any, Final

from apscheduler.schedulers.asyncio import AsyncIOScheduler

ALERTS_SECONDS: Final = 0.5
HOUSEKEEPING_SECONDS: Final = 3600

Tick = Callable[[], Awaitable[Any]]


def build_ticker(senders: Iterable[Tick], keep_house: Tick) -> AsyncIOScheduler:
    """A scheduler that is not yet started: one tick for each channel's alerts, so that none waits for another.

    A tick that is late or still running is never doubled and never dropped.
    """
    ticker = AsyncIOScheduler(
        timezone=UTC, job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None}
    )
    for send_alerts in senders:
        ticker.add_job(send_alerts, "interval", seconds=ALERTS_SECONDS)
    ticker.add_job(keep_house)  # at once: whoever is restarted every day keeps house, too
    ticker.add_job(keep_house, "interval", seconds=HOUSEKEEPING_SECONDS)
    return ticker
