"""APScheduler only ticks; what is due, and what became of it, the database knows."""

from collections.abc import Awaitable, Callable
from datetime import UTC
from typing import Any, Final

from apscheduler.schedulers.asyncio import AsyncIOScheduler

ALERTS_SECONDS: Final = 0.5
HOUSEKEEPING_SECONDS: Final = 3600

Tick = Callable[[], Awaitable[Any]]


def build_ticker(send_alerts: Tick, keep_house: Tick) -> AsyncIOScheduler:
    """A scheduler that is not yet started. A tick that is late or still running is never doubled and never dropped."""
    ticker = AsyncIOScheduler(
        timezone=UTC, job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None}
    )
    ticker.add_job(send_alerts, "interval", seconds=ALERTS_SECONDS)
    ticker.add_job(keep_house, "interval", seconds=HOUSEKEEPING_SECONDS)
    return ticker
