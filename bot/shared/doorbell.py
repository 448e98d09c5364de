"""A bell between replicas: whoever stored more updates than they have hands for rings, and the others come at once."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from typing import Final, Protocol

from redis.asyncio import Redis

from bot.shared.redis_ledger import PATIENCE_SECONDS, TROUBLE

PAUSE_SECONDS: Final = 1.0


class Doorbell(Protocol):
    """Spares the others a few seconds and nothing else: whoever hears no bell looks by themselves soon."""

    async def ring(self) -> None:
        """There is more to do than there are hands here. Never raises."""
        ...

    async def listen(self, wake: Callable[[], None]) -> None:
        """Call `wake` at every ring, until cancelled."""
        ...


class NoDoorbell:
    """One replica, or replicas that look by themselves."""

    async def ring(self) -> None:
        """Nobody to hear it."""

    async def listen(self, wake: Callable[[], None]) -> None:
        """Nobody to ring."""


class RedisDoorbell:
    """Rings only while it hears, so that nobody waits for a Redis that is gone."""

    def __init__(self, redis: Redis, bot_id: int) -> None:
        self._redis = redis
        self._street = f"reception:{{{bot_id}}}:bell"
        self._hears = False

    async def ring(self) -> None:
        if not self._hears:
            return
        try:
            async with asyncio.timeout(PATIENCE_SECONDS):
                await self._redis.publish(self._street, "")
        except TROUBLE:
            self._hears = False

    async def listen(self, wake: Callable[[], None]) -> None:
        while True:
            with suppress(*TROUBLE):
                await self._hear(wake)
            await asyncio.sleep(PAUSE_SECONDS)

    async def _hear(self, wake: Callable[[], None]) -> None:
        """Also wakes whoever begins to listen: somebody may have rung before."""
        async with self._redis.pubsub() as street:
            await street.subscribe(self._street)
            async for _ in street.listen():
                self._hears = True
                wake()
