"""The sandbox's time: the machine's clock, moved by an offset, and those who follow it."""

import asyncio
import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Protocol

from sandbox.bell import Bell
from sandbox.wire import Json

ACKNOWLEDGEMENT_SECONDS = 5.0


class Follower(Protocol):
    """Somebody who keeps the same time, and says so after each change."""

    acknowledged: int

    async def tell(self, offset: float, sequence: int) -> None: ...


class SandboxClock:
    """Dates of messages, ages and expiries go by this clock; long polls and pauses by the real one.

    `moved` rings whenever somebody moves it, for those who wait for an hour of it."""

    def __init__(self, real: Callable[[], float] = time.time) -> None:
        self._real = real
        self._followers: set[Follower] = set()
        self._acknowledged = Bell()
        self.moved = Bell()
        self.offset = 0.0
        self.sequence = 0

    def now(self) -> float:
        return self._real() + self.offset

    def real(self) -> float:
        """For what passes in front of the person's eyes, however the clock is moved."""
        return self._real()

    async def move(self, offset: float) -> None:
        """Returns when every follower keeps the new time, or when the slowest has had its five seconds."""
        self.offset = offset
        self.moved.ring()
        self.sequence = sequence = self.sequence + 1
        try:
            async with asyncio.timeout(ACKNOWLEDGEMENT_SECONDS):
                for follower in tuple(self._followers):
                    await follower.tell(offset, sequence)
                await self._acknowledged.wait_until(lambda: self._all_keep(sequence), None)
        except TimeoutError:
            return

    async def follow(self, follower: Follower) -> None:
        self._followers.add(follower)
        await follower.tell(self.offset, self.sequence)

    def leave(self, follower: Follower) -> None:
        self._followers.discard(follower)
        self._acknowledged.ring()

    def acknowledge(self, follower: Follower, sequence: int) -> None:
        follower.acknowledged = max(follower.acknowledged, sequence)
        self._acknowledged.ring()

    def reading(self) -> Json:
        moment = datetime.fromtimestamp(self.now(), UTC)
        return {"now": moment.isoformat(), "offset": self.offset, "sequence": self.sequence}

    def _all_keep(self, sequence: int) -> bool:
        return all(follower.acknowledged >= sequence for follower in self._followers)
