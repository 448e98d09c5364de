"""How the clinic's memory is, and what has piled up in it: asked when somebody wants to know, and never for long."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

import structlog

from core.alerts.questions import AlertsBacklog, alerts_backlog
from core.clinic import Clinic
from core.errors import DatabaseLost
from core.intake.questions import InboxBacklog, inbox_backlog

PATIENCE_SECONDS: Final = 2.0
# A question whose connection has gone silent is dropped, so that the next one may take another.
STUCK_SECONDS: Final = 20.0


@dataclass(frozen=True, slots=True)
class Vitals:
    """`seconds` is how long the database took for both questions."""

    seconds: float
    inbox: InboxBacklog
    alerts: tuple[AlertsBacklog, ...]

    @property
    def overdue_alerts(self) -> int:
        """Over all channels."""
        return sum(channel.count for channel in self.alerts)

    @property
    def latest_alert(self) -> timedelta:
        """How late the latest of all channels is."""
        return max(channel.latest for channel in self.alerts)


class Checkup:
    """Asks in a task of its own: whoever waits for the answer may go away, even where a connection never comes back."""

    def __init__(self, clinic: Clinic) -> None:
        self._clinic = clinic.clockwork
        self._wanted = asyncio.Event()
        self._asked: asyncio.Future[Vitals | None] | None = None

    async def vitals(self) -> Vitals | None:
        """As things stand now; None where the database gives no answer within PATIENCE_SECONDS."""
        if self._asked is None:
            self._asked = asyncio.get_running_loop().create_future()
            self._wanted.set()
        asked = self._asked
        await asyncio.wait([asked], timeout=PATIENCE_SECONDS)
        return asked.result() if asked.done() else None

    async def run(self) -> None:
        """Until cancelled: one question at a time."""
        while True:
            await self._wanted.wait()
            self._wanted.clear()
            answer = await self._answer()
            asked, self._asked = self._asked, None
            if asked is not None:
                asked.set_result(answer)

    async def _answer(self) -> Vitals | None:
        loop = asyncio.get_running_loop()
        began = loop.time()
        try:
            async with asyncio.timeout(STUCK_SECONDS):
                inbox = await self._clinic.read(inbox_backlog)
                alerts = await self._clinic.read(alerts_backlog)
        except (DatabaseLost, TimeoutError):
            return None
        except Exception as trouble:
            structlog.get_logger().error("health.crashed", kind=type(trouble).__name__)
            return None
        return Vitals(loop.time() - began, inbox, alerts)


@asynccontextmanager
async def open_checkup(clinic: Clinic) -> AsyncIterator[Checkup]:
    """Asked by anybody until the block ends."""
    checkup = Checkup(clinic)
    async with asyncio.TaskGroup() as tasks:
        asking = tasks.create_task(checkup.run())
        try:
            yield checkup
        finally:
            asking.cancel()
