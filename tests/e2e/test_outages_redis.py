"""Redis forgets everything, falls silent and goes away in the middle of bookings: it is never the truth of anything."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from pydantic import SecretStr

from core.identity.hasher import Hasher
from main import MovableClock, open_clinic, open_desk
from tests.bot.redis_server import OwnRedis, own_redis
from tests.e2e.outages import more_are_booked, people_who_book
from tests.stage.patient import PATIENCE_SECONDS
from tests.stage.record import balance
from tests.stage.small_clinic import CHEAP, MONDAY
from tests.stage.stage import Stage, settings_for

VISITS = 3


@pytest.fixture
def redis(tmp_path: Path) -> Iterator[OwnRedis]:
    with own_redis(tmp_path) as server:
        yield server


@pytest.fixture
async def stage(telegram: Stage, redis: OwnRedis) -> AsyncIterator[Stage]:
    """The bot at work with a Redis beside its database."""
    settings = settings_for(telegram.database_url, telegram.addresses)
    settings = settings.model_copy(update={"redis_url": SecretStr(redis.url)})
    clock = MovableClock()
    async with open_clinic(settings, clock) as clinic, open_desk(settings, clinic, clock, Hasher(CHEAP)):
        telegram.clinic = clinic
        await telegram.set_clock(MONDAY)
        yield telegram


async def is_in_use(redis: OwnRedis) -> None:
    """Wait until the bot keeps something there."""
    with redis.client() as client:
        async with asyncio.timeout(PATIENCE_SECONDS):
            while not client.dbsize():  # noqa: ASYNC110 - the bot
                await asyncio.sleep(0.005)


async def test_bookings_go_on_over_a_redis_that_forgets_falls_silent_and_stops(stage: Stage, redis: OwnRedis) -> None:
    async with people_who_book(stage, VISITS):
        await is_in_use(redis)
        with redis.client() as client:
            client.flushall()
        await more_are_booked(stage)
        with redis.standing_still():
            await more_are_booked(stage)
        redis.stop()
        await more_are_booked(stage)
        redis.start()
        await is_in_use(redis)
    await balance(stage)
