"""One ledger for all replicas, in a real Redis."""

from collections.abc import Awaitable, Callable
from itertools import pairwise
from typing import Any, TypeVar

import pytest
from redis.asyncio import Redis

from bot.shared.budget import HANDFULS, MOST_A_SECOND, SECOND, handful_of
from bot.shared.ledger import ChatRests, EverybodyWaits, Place
from bot.shared.redis_ledger import RedisLedger
from tests.bot.redis_server import PATIENT, SECRET

R = TypeVar("R")
HANDFUL = handful_of(MOST_A_SECOND)


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
    firsts, lasts = moments[::HANDFUL], moments[HANDFUL - 1 :: HANDFUL]
    assert min(later - earlier for earlier, later in pairwise(firsts)) >= SECOND / HANDFULS - 1e-6
    assert max(last - first for first, last in zip(firsts[1:], lasts[1:], strict=False)) < 1e-6
    assert max(sum(start <= moment < start + 1 for moment in moments) for start in moments) <= MOST_A_SECOND


async def test_answers_of_one_replica_leave_less_for_the_alerts_of_the_other(
    redis: Redis, bot_id: int, ledgers: tuple[RedisLedger, RedisLedger]
) -> None:
    one, other = ledgers
    chats = iter(range(1, 1000))

    async def answer_and_carry() -> list[Any]:
        for _ in range(20):
            assert await one.answer() == 0
        return [await other.place(next(chats)) for _ in range(2 * HANDFUL + 1)]

    verdicts = await at_a_stretch(redis, answer_and_carry)
    assert all(isinstance(verdict, Place) for verdict in verdicts)
    first, *_, last = (await places(redis, bot_id))[-HANDFUL - 1 :]
    assert last - first >= HANDFUL * SECOND / 10 - 1e-6


async def test_a_second_that_is_full_of_both_is_waited_out(
    redis: Redis, bot_id: int, ledgers: tuple[RedisLedger, RedisLedger]
) -> None:
    one, other = ledgers
    chats = iter(range(1, 1000))

    async def fill() -> None:
        for _ in range(10):
            await one.place(next(chats))
        for _ in range(20):
            await other.answer()
        await one.place(next(chats))

    await at_a_stretch(redis, fill)
    alerts = [moment for name, moment in await written(redis, bot_id) if name.startswith("alert")]
    assert alerts[-1] - alerts[-11] >= SECOND - 1e-6


async def test_under_a_flood_of_answers_alerts_still_trickle(
    redis: Redis, bot_id: int, ledgers: tuple[RedisLedger, RedisLedger]
) -> None:
    one, other = ledgers
    chats = iter(range(1, 1000))

    async def flood() -> tuple[Any, Any]:
        for key in await keys(redis, bot_id):
            await redis.delete(key)  # of a stretch that took too long
        for _ in range(60):
            await one.answer()
        return await other.place(next(chats)), await other.place(next(chats))

    first, second = await at_a_stretch(redis, flood)
    assert first == Place(0.0)
    assert isinstance(second, Place)
    moments = await places(redis, bot_id)
    assert moments[-1] - moments[-1 - MOST_A_SECOND] == pytest.approx(SECOND, abs=1e-5)


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
    assert 0 < verdict.wait <= rest + SECOND
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
