"""Replicas that share a Redis: the machine's, where each test is a bot of its own, or one that may be stopped."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from random import SystemRandom

import pytest
from redis.asyncio import Redis

from bot.shared.open_pace import redis_at
from bot.shared.redis_ledger import RedisLedger
from tests.bot.redis_server import PATIENT, SECRET, OwnRedis, own_redis, shared_redis


@pytest.fixture
def bot_id() -> int:
    """A bot that nobody else plays: the server is shared with other tests."""
    return SystemRandom().getrandbits(52)


@pytest.fixture
async def redis() -> AsyncIterator[Redis]:
    client = redis_at(shared_redis())
    yield client
    await client.aclose()


@pytest.fixture
async def ledgers(bot_id: int) -> AsyncIterator[tuple[RedisLedger, RedisLedger]]:
    """Of two replicas, each with a line of its own."""
    lines = [redis_at(shared_redis()) for _ in range(2)]
    one, other = (RedisLedger(line, bot_id, SECRET, PATIENT) for line in lines)
    yield one, other
    for line in lines:
        await line.aclose()


@pytest.fixture
def server(tmp_path: Path) -> Iterator[OwnRedis]:
    with own_redis(tmp_path) as running:
        yield running


@pytest.fixture
async def lent(server: OwnRedis, bot_id: int) -> AsyncIterator[RedisLedger]:
    """A ledger in a Redis that may be stopped."""
    line = redis_at(server.url)
    yield RedisLedger(line, bot_id, SECRET, PATIENT)
    await line.aclose()
