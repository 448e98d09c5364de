"""The pace of everything that leaves, in step with the other replicas of the bot."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager, suppress
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
    """What the replicas have in common beside the database."""

    pace: SharedPace
    bell: Doorbell


@asynccontextmanager
async def open_pace(
    clinic: Clinic, bot_id: int, secret: str, redis_url: str | None, told: Callable[[float], None] = tell_nobody
) -> AsyncIterator[Shared]:
    """In step until the block ends. Raises ValueError where `redis_url` is none; its text repeats nothing of it.

    A Redis that does not answer is no reason not to open.
    """
    async with AsyncExitStack() as line:
        ledger: RedisLedger | None = None
        bell: Doorbell = NoDoorbell()
        if redis_url is not None:
            redis = redis_at(redis_url)
            line.push_async_callback(redis.aclose)
            ledger, bell = RedisLedger(redis, bot_id, secret), RedisDoorbell(redis, bot_id)
        pace = SharedPace(ledger=ledger, told=told)
        async with asyncio.TaskGroup() as tasks:
            keeping = tasks.create_task(keep_in_step(pace, PauseBoard(clinic, pace), ledger))
            yield Shared(pace, bell)
            keeping.cancel()


async def keep_in_step(pace: SharedPace, board: PauseBoard, ledger: RedisLedger | None) -> None:
    """Until cancelled: say at once that Telegram asked us to wait, and hear of others every second."""
    while True:
        if ledger is not None:
            await ledger.look()
            if pace.paused_for:
                await ledger.pause(pace.paused_for)
        with suppress(DatabaseLost):  # whoever works on updates says so
            await board.exchange()
        await pace.news(within=IN_STEP_SECONDS)


def redis_at(url: str) -> Redis:
    """A client that connects when it is asked something, and tries a broken line once more."""
    try:
        return Redis.from_url(url, protocol=2, retry=Retry(NoBackoff(), 1))
    except ValueError:
        raise ValueError("REDIS_URL: expected redis://, rediss:// or unix:// with host, port and number.") from None
