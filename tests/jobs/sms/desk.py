"""The desk's side of an SMS: messages to send, and a list of the receipts that came."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime

from core.errors import DatabaseLost
from jobs.sms.gateway import Sms, SmsGateway

TO = "+48601234567"
TEN = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)
NOON = TEN.replace(hour=12)
PATIENCE_SECONDS = 20


def sms(text: str = "Your visit is tomorrow.", reference: str = "77", to: str = TO) -> Sms:
    return Sms(to=to, text=text, reference=reference, valid_until=NOON)


class TenOClock:
    def now(self) -> datetime:
        return TEN


class Receipts:
    """Keeps every receipt; loses the database for the first few."""

    def __init__(self, lost: int = 0) -> None:
        self.came: asyncio.Queue[tuple[str, bool]] = asyncio.Queue()
        self._lost = lost

    async def note(self, name: str, delivered: bool) -> None:
        if self._lost:
            self._lost -= 1
            raise DatabaseLost("OperationalError")
        self.came.put_nowait((name, delivered))

    async def next(self, count: int) -> set[tuple[str, bool]]:
        async with asyncio.timeout(PATIENCE_SECONDS):
            return {await self.came.get() for _ in range(count)}


@asynccontextmanager
async def working(gateway: SmsGateway, receipts: Receipts | None = None) -> AsyncIterator[Receipts]:
    """The gateway at work, and the receipts it hands on."""
    noted = receipts or Receipts()
    async with asyncio.TaskGroup() as tasks:
        running = tasks.create_task(gateway.run(noted.note))
        # One turn of the loop, in which it takes its first step.
        await asyncio.sleep(0)
        try:
            yield noted
        finally:
            running.cancel()
