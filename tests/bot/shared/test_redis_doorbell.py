"""The bell between replicas, over a real Redis."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bot.shared.doorbell import RedisDoorbell
from bot.shared.open_pace import redis_at
from tests.bot.redis_server import OwnRedis

BOT = 100200300


class Replica:
    """Counts how often it was woken, and can be waited for."""

    def __init__(self, bell: RedisDoorbell) -> None:
        self.bell = bell
        self.woken = asyncio.Event()

    async def wakes(self) -> None:
        await self.woken.wait()
        self.woken.clear()


@asynccontextmanager
async def listening(server: OwnRedis, bot: int = BOT) -> AsyncIterator[Replica]:
    """A replica that hears by now."""
    line = redis_at(server.url)
    replica = Replica(RedisDoorbell(line, bot))
    async with asyncio.TaskGroup() as tasks:
        ears = tasks.create_task(replica.bell.listen(replica.woken.set))
        await replica.wakes()
        yield replica
        ears.cancel()
    await line.aclose()


async def test_who_begins_to_listen_is_woken_once_in_any_case(server: OwnRedis) -> None:
    async with listening(server) as replica:
        assert not replica.woken.is_set()


async def test_a_ring_wakes_the_others(server: OwnRedis) -> None:
    async with listening(server) as one, listening(server) as other, listening(server) as third:
        await one.bell.ring()
        await other.wakes()
        await third.wakes()


async def test_the_bell_of_another_bot_is_not_heard(server: OwnRedis) -> None:
    async with listening(server) as ours, listening(server) as neighbour, listening(server, BOT + 1) as stranger:
        await ours.bell.ring()
        await neighbour.wakes()
        assert not stranger.woken.is_set()


async def test_a_bell_rung_without_redis_harms_nobody_and_is_heard_again_later(server: OwnRedis) -> None:
    async with listening(server) as one, listening(server) as other:
        server.stop()
        for _ in range(20):
            await one.bell.ring()
        server.start()
        await one.wakes()
        await other.wakes()
        await one.bell.ring()
        await other.wakes()


async def test_a_bell_that_nobody_ever_heard_is_rung_into_the_void() -> None:
    line = redis_at("redis://127.0.0.1:1/0")
    await RedisDoorbell(line, BOT).ring()
    await line.aclose()


async def test_a_flushed_redis_goes_on_ringing(server: OwnRedis) -> None:
    async with listening(server) as one, listening(server) as other:
        with server.client() as client:
            client.flushall()
        await one.bell.ring()
        await other.wakes()
