"""One ledger for all replicas, in a real Redis, and what becomes of it when that Redis has a bad day."""

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from itertools import pairwise
from pathlib import Path
from random import SystemRandom
from typing import Any, TypeVar

import pytest
from redis.asyncio import Redis
from structlog.testing import capture_logs

from bot.shared.budget import MOST_A_SECOND, SECOND
from bot.shared.ledger import ChatRests, EverybodyWaits, Place
from bot.shared.open_pace import redis_at
from bot.shared.redis_ledger import RedisLedger
from tests.bot.redis_server import OwnRedis, own_redis, shared_redis

R = TypeVar("R")
SECRET = "a secret of the tests"
PATIENT = 60.0  # a busy machine is no outage
GAP = SECOND / MOST_A_SECOND


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


async def at_a_stretch(redis: Redis, act: Callable[[], Awaitable[R]]) -> R:
    """What it gives once it was done within half a second by the server's clock, however slow the machine is."""
    while True:
        began = await redis.time()
        given = await act()
        ended = await redis.time()
        if ended[0] - began[0] + (ended[1] - began[1]) / 1e6 < 0.5:
            return given


async def written(redis: Redis, bot_id: int) -> list[tuple[str, float]]:
    rows: Any = await redis.zrange(f"reception:{{{bot_id}}}:gone", 0, -1, withscores=True)
    return [(name.decode(), moment / 1e6) for name, moment in rows]


async def places(redis: Redis, bot_id: int) -> list[float]:
    """When whatever is written down leaves, in seconds."""
    return [moment for _, moment in await written(redis, bot_id)]


async def keys(redis: Redis, bot_id: int) -> list[str]:
    return [key.decode() async for key in redis.scan_iter(match=f"reception:{{{bot_id}}}:*", count=1000)]


async def test_two_replicas_share_one_budget(
    redis: Redis, bot_id: int, ledgers: tuple[RedisLedger, RedisLedger]
) -> None:
    chats = iter(range(1, 10_000))

    async def blast() -> list[float]:
        for _ in range(60):
            for ledger in ledgers:
                assert isinstance(await ledger.place(next(chats)), Place)
        return await places(redis, bot_id)

    moments = await at_a_stretch(redis, blast)
    assert len(moments) >= 120
    assert min(later - earlier for earlier, later in pairwise(moments)) >= GAP - 1e-6
    assert max(sum(start <= moment < start + 1 for moment in moments) for start in moments) <= MOST_A_SECOND


async def test_answers_of_one_replica_leave_less_for_the_alerts_of_the_other(
    redis: Redis, bot_id: int, ledgers: tuple[RedisLedger, RedisLedger]
) -> None:
    one, other = ledgers
    chats = iter(range(1, 1000))

    async def answer_and_carry() -> list[Any]:
        for _ in range(20):
            assert await one.answer() == 0
        return [await other.place(next(chats)) for _ in range(3)]

    verdicts = await at_a_stretch(redis, answer_and_carry)
    assert all(isinstance(verdict, Place) for verdict in verdicts)
    third, fourth, last = (await places(redis, bot_id))[-3:]
    assert last - fourth >= SECOND / 10 - 1e-6
    assert fourth - third >= SECOND / 10 - 1e-6


async def test_under_a_flood_of_answers_alerts_still_trickle(
    redis: Redis, bot_id: int, ledgers: tuple[RedisLedger, RedisLedger]
) -> None:
    one, other = ledgers
    chats = iter(range(1, 1000))

    async def flood() -> tuple[Any, Any]:
        for _ in range(60):
            await one.answer()
        return await other.place(next(chats)), await other.place(next(chats))

    first, second = await at_a_stretch(redis, flood)
    assert isinstance(first, Place)
    assert isinstance(second, Place)
    alerts = [moment for name, moment in await written(redis, bot_id) if name.startswith("alert")]
    assert alerts[-1] - alerts[-2] == pytest.approx(SECOND, abs=1e-5)


@pytest.mark.parametrize(("chat", "rest"), [(7, 1), (-7, 3)])
async def test_a_chat_hears_of_one_replica_at_a_time(
    redis: Redis, ledgers: tuple[RedisLedger, RedisLedger], chat: int, rest: float
) -> None:
    one, other = ledgers

    async def both() -> Any:
        await one.place(chat)
        return await other.place(chat)

    verdict = await at_a_stretch(redis, both)
    assert isinstance(verdict, ChatRests)
    assert 0 < verdict.wait <= rest + GAP
    assert isinstance(await other.place(8), Place)


async def test_what_telegram_asked_of_one_all_wait_out(ledgers: tuple[RedisLedger, RedisLedger]) -> None:
    one, other = ledgers
    await one.pause(50)
    await one.pause(1)
    verdict = await other.place(7)
    assert isinstance(verdict, EverybodyWaits)
    assert 1 < verdict.wait <= 50
    assert 1 < await other.answer() <= 50


async def test_a_long_wait_is_believed_a_minute_at_a_time(ledgers: tuple[RedisLedger, RedisLedger]) -> None:
    """So that nobody waits for ever where somebody wrote nonsense."""
    one, other = ledgers
    await one.pause(10_000_000)
    assert await other.answer() == 60


async def test_bots_have_nothing_to_do_with_each_other(redis: Redis, bot_id: int) -> None:
    one, other = RedisLedger(redis, bot_id, SECRET, PATIENT), RedisLedger(redis, bot_id + 1, SECRET, PATIENT)
    await one.pause(50)
    assert isinstance(await other.place(7), Place)


async def test_what_stands_there_expires_and_names_nobody(
    redis: Redis, bot_id: int, ledgers: tuple[RedisLedger, RedisLedger]
) -> None:
    chat = 6_012_345_678
    await ledgers[0].answer()
    await ledgers[0].place(chat)
    await ledgers[0].pause(50)
    found = await keys(redis, bot_id)
    assert len(found) >= 2
    for key in found:
        assert await redis.pttl(key) != -1, key
        assert str(chat) not in key + str(await redis.dump(key))


async def test_somebody_who_knows_no_secret_cannot_tell_a_chat(
    redis: Redis, bot_id: int, ledgers: tuple[RedisLedger, RedisLedger]
) -> None:
    stranger = RedisLedger(redis, bot_id, "a guess", PATIENT)

    async def ask() -> Any:
        await ledgers[0].place(7)
        return await stranger.place(7)

    assert isinstance(await at_a_stretch(redis, ask), Place)


async def test_scripts_that_were_forgotten_are_told_again(lent: RedisLedger, server: OwnRedis) -> None:
    with server.client() as client:
        await lent.place(7)
        client.script_flush()
    assert isinstance(await lent.place(8), Place)


async def test_a_flushed_redis_goes_on(lent: RedisLedger, server: OwnRedis) -> None:
    with capture_logs() as logs, server.client() as client:
        for chat in range(1, 41):
            assert isinstance(await lent.place(chat), Place)
            if chat % 10 == 0:
                client.flushall()
    assert logs == []


def key_of(ledger: RedisLedger, bot_id: int, name: str) -> str:
    return ledger._name_of(7) if name == "chat" else f"reception:{{{bot_id}}}:{name}"


BROKEN = [(name, nonsense) for name in ("gone", "answers", "last", "pause", "chat") for nonsense in ("a list", "words")]
FAR = [("last", "9" * 17), ("chat", "9" * 17), ("last", "inf"), ("chat", "inf")]


@pytest.mark.parametrize(("name", "nonsense"), [*BROKEN, *FAR])
async def test_a_redis_full_of_other_things_is_left_alone_and_comes_back(
    redis: Redis, bot_id: int, ledgers: tuple[RedisLedger, RedisLedger], name: str, nonsense: str
) -> None:
    ledger, _ = ledgers
    key = key_of(ledger, bot_id, name)
    with capture_logs() as logs:
        await (redis.rpush(key, nonsense) if nonsense == "a list" else redis.set(key, nonsense))
        assert await ledger.place(7) is None
        assert await ledger.place(7) is None
        assert await ledger.answer() == 0
        await ledger.look()
        assert isinstance(await ledger.place(7), Place)
    assert [entry["event"] for entry in logs] == ["redis.lost", "redis.back"]


@pytest.mark.parametrize("name", ["last", "pause", "chat"])
async def test_what_is_no_number_is_no_wait(
    redis: Redis, bot_id: int, ledgers: tuple[RedisLedger, RedisLedger], name: str
) -> None:
    await redis.set(key_of(ledgers[0], bot_id, name), "nan")
    assert isinstance(await ledgers[0].place(7), Place)


async def test_a_redis_that_stops_and_starts_is_missed_once(lent: RedisLedger, server: OwnRedis) -> None:
    with capture_logs() as logs:
        assert isinstance(await lent.place(7), Place)
        server.stop()
        for chat in range(10):
            assert await lent.place(chat) is None
            assert await lent.answer() == 0
            await lent.pause(5)
            await lent.look()
        assert [entry["event"] for entry in logs] == ["redis.lost"]
        server.start()
        await lent.look()
        assert isinstance(await lent.place(7), Place)
    assert [entry["event"] for entry in logs] == ["redis.lost", "redis.back"]


async def test_a_redis_that_was_not_there_at_the_start_is_found(lent: RedisLedger, server: OwnRedis) -> None:
    server.stop()
    assert await lent.place(7) is None
    server.start()
    await lent.look()
    assert isinstance(await lent.place(7), Place)


async def test_a_redis_that_stands_still_is_not_waited_for(server: OwnRedis, bot_id: int) -> None:
    line = redis_at(server.url)
    hasty, patient = RedisLedger(line, bot_id, SECRET), RedisLedger(line, bot_id, SECRET, PATIENT)
    assert isinstance(await patient.place(1), Place)
    with capture_logs() as logs, server.standing_still():
        assert await hasty.place(7) is None
        assert await hasty.answer() == 0
        await hasty.look()
        assert await hasty.place(7) is None
    assert [entry["event"] for entry in logs] == ["redis.lost"]
    await patient.pause(50)
    assert isinstance(await patient.place(7), EverybodyWaits), "the answer to an earlier question was read for this one"
    while await hasty.place(7) is None:
        await hasty.look()
    await line.aclose()


async def test_an_address_that_is_none_is_refused_without_its_words() -> None:
    for url in ("http://:hidden@127.0.0.1", "redis://user:hidden:more@127.0.0.1:port"):
        with pytest.raises(ValueError, match="REDIS_URL") as refusal:
            redis_at(url)
        assert "hidden" not in str(refusal.value)
        assert refusal.value.__suppress_context__
