"""The whole of it: replicas in step over a real Redis and the database, whatever becomes of the Redis."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager

import pytest
from structlog.testing import capture_logs

from bot.pace import SharedPace, tell_nobody
from bot.shared.open_pace import Shared, build_pace, open_pace, redis_at
from bot.shared.pause_board import CARRIER
from bot.shared.redis_ledger import RedisLedger
from core.alerts.questions import pause_until
from tests.bot.redis_server import PATIENT, SECRET, OwnRedis
from tests.stage.house import House

BOT = 100200300
REPLICAS = 3


@asynccontextmanager
async def replica(house: House, url: str | None, told: Callable[[float], None] = tell_nobody) -> AsyncIterator[Shared]:
    shared = build_pace(house.clinic, BOT, SECRET, url, told)
    async with open_pace(shared):
        yield shared


@pytest.fixture
async def paces(house: House, server: OwnRedis) -> AsyncIterator[list[SharedPace]]:
    """Of three replicas of one bot."""
    async with AsyncExitStack() as doors:
        opened = [await doors.enter_async_context(replica(house, server.url)) for _ in range(REPLICAS)]
        for shared in opened:
            shared.pace.share(REPLICAS)
        yield [shared.pace for shared in opened]


async def waits(pace: SharedPace) -> None:
    """Until it has heard that everybody waits."""
    while not pace.paused_for:  # noqa: ASYNC110 - what it waits for happens in another replica
        await asyncio.sleep(0.01)


async def carry(pace: SharedPace, chats: range, left: list[int]) -> None:
    for chat in chats:
        await pace.before_alert(chat)
        left.append(chat)


async def test_every_alert_leaves_though_redis_is_flushed_and_stopped_in_the_middle(
    paces: list[SharedPace], server: OwnRedis
) -> None:
    left: list[int] = []

    async def left_are(many: int) -> None:
        while len(left) < many:  # noqa: ASYNC110 - they leave when Redis says so
            await asyncio.sleep(0.01)

    async with asyncio.TaskGroup() as tasks:
        for number, pace in enumerate(paces):
            tasks.create_task(carry(pace, range(100 * number + 1, 100 * number + 16), left))
        await left_are(10)
        with server.client() as client:
            client.flushall()
        await left_are(20)
        server.stop()
        await left_are(30)
        server.start()
    assert sorted(left) == [100 * number + n for number in range(3) for n in range(1, 16)]
    for number in range(3):
        own = [chat for chat in left if chat // 100 == number]
        assert own == sorted(own)


async def test_a_wait_asked_of_one_reaches_the_others(paces: list[SharedPace]) -> None:
    told, *others = paces
    told.pause(50)
    for other in others:
        await waits(other)


async def test_redis_hears_at_once_what_telegram_asked(house: House, server: OwnRedis) -> None:
    line = redis_at(server.url)
    another = RedisLedger(line, BOT, SECRET, PATIENT)
    async with replica(house, server.url) as told:
        told.pace.pause(50)
        while not await another.answer():  # noqa: ASYNC110 - told by somebody else
            await asyncio.sleep(0.01)
    await line.aclose()


async def test_a_redis_that_comes_back_is_used_again(house: House, server: OwnRedis) -> None:
    async with replica(house, server.url) as shared:
        server.stop()
        with capture_logs() as logs:
            await shared.pace.before_answer()
            server.start()
            while "redis.back" not in [entry["event"] for entry in logs]:
                await shared.pace.before_answer()
                await asyncio.sleep(0.01)


async def test_without_redis_the_database_tells_the_others(
    house: House, paces: list[SharedPace], server: OwnRedis
) -> None:
    server.stop()
    told, *others = paces
    told.pause(50)
    for other in others:
        await waits(other)
    assert await house.clinic.read(pause_until, CARRIER) is not None


async def test_without_any_redis_replicas_share_by_number(house: House) -> None:
    async with replica(house, None) as one, replica(house, None) as other:
        one.pace.pause(50)
        await waits(other.pace)
        await one.bell.ring()
        await one.bell.listen(lambda: None)


async def test_what_telegram_asked_is_counted_where_it_was_asked(house: House) -> None:
    told: list[float] = []
    heard: list[float] = []
    async with replica(house, None, told.append) as one, replica(house, None, heard.append) as other:
        one.pace.pause(50)
        await waits(other.pace)
    assert (told, heard) == ([50], [])


async def test_a_desk_opens_without_its_redis(house: House, server: OwnRedis) -> None:
    server.stop()
    with capture_logs() as logs:
        async with replica(house, server.url) as shared:
            await shared.pace.before_answer()
            await shared.pace.before_alert(7)
    assert [entry["event"] for entry in logs] == ["redis.lost"]
