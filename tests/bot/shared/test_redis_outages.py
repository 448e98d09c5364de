"""What becomes of the ledger when its Redis has a bad day: emptied, stopped, slow, or full of other things."""

import pytest
from redis.asyncio import Redis
from structlog.testing import capture_logs

from bot.shared.ledger import EverybodyWaits, Place
from bot.shared.open_pace import redis_at
from bot.shared.redis_ledger import RedisLedger
from tests.bot.redis_server import PATIENT, SECRET, OwnRedis


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


BROKEN = [
    (name, nonsense) for name in ("gone", "answers", "handful", "pause", "chat") for nonsense in ("a list", "words")
]
FAR = [(name, number) for name in ("opened", "chat") for number in ("9" * 17, "inf")]


async def spoil(redis: Redis, ledger: RedisLedger, bot_id: int, name: str, nonsense: str) -> None:
    """Somebody else writes there."""
    if name == "opened":
        await redis.hset(key_of(ledger, bot_id, "handful"), name, nonsense)
    elif nonsense == "a list":
        await redis.rpush(key_of(ledger, bot_id, name), nonsense)
    else:
        await redis.set(key_of(ledger, bot_id, name), nonsense)


@pytest.mark.parametrize(("name", "nonsense"), [*BROKEN, *FAR])
async def test_a_redis_full_of_other_things_is_left_alone_and_comes_back(
    redis: Redis, bot_id: int, ledgers: tuple[RedisLedger, RedisLedger], name: str, nonsense: str
) -> None:
    ledger, _ = ledgers
    with capture_logs() as logs:
        await spoil(redis, ledger, bot_id, name, nonsense)
        assert await ledger.place(7) is None
        assert await ledger.place(7) is None
        assert await ledger.answer() == 0
        await ledger.look()
        assert isinstance(await ledger.place(7), Place)
    assert [entry["event"] for entry in logs] == ["redis.lost", "redis.back"]


@pytest.mark.parametrize("name", ["opened", "pause", "chat"])
async def test_what_is_no_number_is_no_wait(
    redis: Redis, bot_id: int, ledgers: tuple[RedisLedger, RedisLedger], name: str
) -> None:
    await spoil(redis, ledgers[0], bot_id, name, "nan")
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
        assert await lent.place(7) is None, "nobody waits for it again before it was looked for"
        await lent.look()
        assert isinstance(await lent.place(7), Place)
    assert [entry["event"] for entry in logs] == ["redis.lost", "redis.back"]


async def test_a_redis_that_answers_and_runs_no_script_is_missed_once(lent: RedisLedger, server: OwnRedis) -> None:
    with capture_logs() as logs, server.client() as client:
        client.execute_command("ACL", "SETUSER", "default", "-@scripting")
        for chat in range(5):
            assert await lent.place(chat) is None
            await lent.look()
        client.execute_command("ACL", "SETUSER", "default", "+@all")
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
