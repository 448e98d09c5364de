"""Everything that leaves one replica, by a clock of its own: nobody waits."""

import asyncio
from bisect import bisect_left
from collections.abc import Coroutine, Iterable
from heapq import heappop, heappush
from typing import Any, Final

from bot.pace import SharedPace
from bot.shared.ledger import Ledger

TINY: Final = 1e-6


class FakeTime:
    """A clock that jumps to the next sleeper's moment as soon as everybody sleeps."""

    def __init__(self) -> None:
        self.now = 1000.0
        self._sleepers: list[tuple[float, int, asyncio.Event]] = []

    def clock(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        woken = asyncio.Event()
        heappush(self._sleepers, (self.now + seconds, id(woken), woken))
        await woken.wait()

    async def pass_by(self) -> None:
        """Until nobody sleeps any more."""
        await self._settle()
        while self._sleepers:
            self.now, _, woken = heappop(self._sleepers)
            woken.set()
            await self._settle()

    async def pass_until(self, moment: float) -> None:
        """Only so far; whoever sleeps longer sleeps on."""
        await self._settle()
        while self._sleepers and self._sleepers[0][0] <= moment:
            self.now, _, woken = heappop(self._sleepers)
            woken.set()
            await self._settle()
        self.now = max(self.now, moment)

    async def _settle(self) -> None:
        for _ in range(20):
            await asyncio.sleep(0)


class Street:
    """Everything that leaves, by the moment of its leaving since the start."""

    def __init__(self, ledger: Ledger | None = None) -> None:
        self.time = FakeTime()
        self.told: list[float] = []
        self.pace = SharedPace(self.time.clock, self.time.sleep, ledger=ledger, told=self.told.append)
        self.left: list[tuple[float, int]] = []

    async def alert(self, chat: int) -> None:
        await self.pace.before_alert(chat)
        self._note(chat)

    async def answer(self, chat: int = 0) -> None:
        await self.pace.before_answer()
        self._note(chat)

    async def alerts(self, chats: Iterable[int], carriers: int = 8) -> None:
        """As the sender does it: a few carriers, one queue."""
        waiting = iter(chats)

        async def carry() -> None:
            for chat in waiting:
                await self.alert(chat)

        async with asyncio.TaskGroup() as tasks:
            for _ in range(carriers):
                tasks.create_task(carry())
            await self.time.pass_by()

    async def hourglass(self, task: Coroutine[Any, Any, None]) -> None:
        """Until it has ended, however long it waits."""
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(task)
            await self.time.pass_by()

    @property
    def moments(self) -> list[float]:
        return [moment for moment, _ in self.left]

    def most_in(self, seconds: float) -> int:
        """The most that left in any stretch of this length, its end excluded."""
        return max(bisect_left(self.moments, start + seconds - TINY) - n for n, start in enumerate(self.moments))

    def _note(self, chat: int) -> None:
        self.left.append((round(self.time.now - 1000.0, 9), chat))
