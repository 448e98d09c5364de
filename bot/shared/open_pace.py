"""The pace of everything that leaves, in step with the other replicas of the bot."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from typing import Final

from redis.asyncio import Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff

from bot.pace import SharedPace, tell_nobody
from bot.shared.doorbell import Doorbell, NoDoorbell, RedisDoorbell
from bot.shared.pause_board import PauseBoard
from bot.shared.redis_ledger import RedisLedger
from core.clinic import Clinic
from core.errors import DatabaseLost

IN_STEP_SECONDS: Final = 1.0


@dataclass(frozen=True, slots=True)
class Shared:
    """What the replicas have in common beside the database; `ledger` and `redis` are None where there is no Redis."""

    pace: SharedPace
    bell: Doorbell
    board: PauseBoard
    ledger: RedisLedger | None
    redis: Redis | None


def build_pace(
    clinic: Clinic, bot_id: int, secret: str, redis_url: str | None, told: Callable[[float], None] = tell_nobody
) -> Shared:
    """Raises ValueError where `redis_url` is no address; its text repeats nothing of it."""
    if redis_url is None:
        pace = SharedPace(told=told)
        return Shared(pace, NoDoorbell(), PauseBoard(clinic, pace), None, None)
    redis = redis_at(redis_url)
    ledger = RedisLedger(redis, bot_id, secret)
    pace = SharedPace(ledger=ledger, told=told)
    return Shared(pace, RedisDoorbell(redis, bot_id), PauseBoard(clinic, pace), ledger, redis)


@asynccontextmanager
async def open_pace(shared: Shared) -> AsyncIterator[None]:
    """In step with the other replicas until the block ends. Neither Redis nor the database has to answer."""
    try:
        async with asyncio.TaskGroup() as tasks:
            keeping = tasks.create_task(keep_in_step(shared))
            yield
            keeping.cancel()
    finally:
        if shared.redis is not None:
            await shared.redis.aclose()


async def keep_in_step(shared: Shared) -> None:
    """Until cancelled: say at once that Telegram asked us to wait, and hear of others every second."""
    pace, ledger = shared.pace, shared.ledger
    while True:
        if ledger is not None:
            await ledger.look()
            if pace.paused_for:
                await ledger.pause(pace.paused_for)
        with suppress(DatabaseLost):  # whoever works on updates says so
            await shared.board.exchange()
        await pace.news(within=IN_STEP_SECONDS)


def redis_at(url: str) -> Redis:
    """A client that connects when it is asked something, and tries a broken line once more."""
    try:
        return Redis.from_url(url, protocol=2, retry=Retry(NoBackoff(), 1))
    except ValueError:
        raise ValueError("REDIS_URL: expected redis://, rediss:// or unix:// with host, port and number.") from None
