"""R-replicas: three replicas behind one address, one killed again and again, or all restarted in turn, under load."""

import asyncio
from collections.abc import Callable, Coroutine, Sequence
from random import Random
from typing import Any, Final, TypeAlias

import aiohttp

from bench.bars.crowd import Ear, Guests
from bench.bars.fleet import REPLICAS, Fleet, naive_fleet, our_fleet
from bench.bars.ledger import Outcome, outcome
from bench.bars.lives import Done, nobody_looks_on, take_every_core
from bench.bars.memory import small_clinic
from bench.figures import Result, within
from bench.progress import progress
from bench.scale import sized
from tests.stage.stage import Stage, open_telegram

KILLS: Final = sized(10, full=30)
SHARE: Final = 100
GUESTS: Final = range(2001, 2061)
SEED: Final = 7
DRAIN_SECONDS: Final = 10

Turn: TypeAlias = Callable[[Fleet, int], Coroutine[Any, Any, None]]


async def measure() -> Sequence[Result]:
    take_every_core()
    drains: list[float] = []
    with progress("replicas", 2 * (KILLS + REPLICAS)) as done:
        async with small_clinic("postgresql") as url, open_telegram(url) as stage:
            killed = await ours(stage, KILLS, SHARE, GUESTS, kill_one, done)
        async with small_clinic("postgresql") as url, open_telegram(url) as stage:
            rolled = await ours(stage, REPLICAS, SHARE, GUESTS, restart_into(drains), done)
        async with small_clinic("sqlite") as unused, open_telegram(unused) as stage:
            naive_killed = await naively(stage, KILLS, SHARE, GUESTS, kill_one, done)
        async with small_clinic("sqlite") as unused, open_telegram(unused) as stage:
            naive_rolled = await naively(stage, REPLICAS, SHARE, GUESTS, restart_into([]), done)
    of = f"of {SHARE * (KILLS + 1):,} updates, one of {REPLICAS} replicas killed {KILLS} times"
    over = f"of {SHARE * (REPLICAS + 1):,} updates over a rolling restart of {REPLICAS} replicas"
    wrong, astray = killed.doubled + len(killed.faults), rolled.lost + rolled.doubled + len(rolled.faults)
    return [
        within(0, killed.lost, "R-replicas-killed", f"lost or out of order {of}", "updates", naive_killed),
        within(0, wrong, "R-replicas-killed-doubled", f"effects doubled {of}", "effects"),
        within(0, astray, "R-replicas-rolling", f"lost or doubled {over}", "updates", naive_rolled),
        within(DRAIN_SECONDS, max(drains), "R-replicas-drain", "until a replica under load is gone", "seconds"),
    ]


async def kill_one(replicas: Fleet, turn: int) -> None:
    """One dies, and another one takes its place."""
    place = turn % REPLICAS
    await replicas.kill(place)
    await replicas.begin(place)


def restart_into(drains: list[float]) -> Turn:
    """One is asked to go, and when it has gone, another one takes its place."""

    async def restart(replicas: Fleet, turn: int) -> None:
        drains.append(await replicas.stop(turn % REPLICAS))
        await replicas.begin(turn % REPLICAS)

    return restart


async def ours(
    stage: Stage, turns: int, share: int, guests: Sequence[int], turn: Turn, done: Done = nobody_looks_on
) -> Outcome:
    """People say so much in each turn; the ledger allows as many repetitions as there were turns."""
    async with aiohttp.ClientSession() as http:
        crowd, ear = Guests(stage, guests), Ear(http, stage.telegram.url)
        async with our_fleet(stage) as replicas:
            await _under_load(crowd, ear, replicas, turns, share, turn, done)
            await stage.is_quiet()
            return await outcome(stage, crowd, ear, turns)


async def naively(
    stage: Stage, turns: int, share: int, guests: Sequence[int], turn: Turn, done: Done = nobody_looks_on
) -> int:
    """How many messages nobody answered."""
    await stage.as_bot("getMe")
    async with aiohttp.ClientSession() as http:
        crowd, ear = Guests(stage, guests), Ear(http, stage.telegram.url)
        async with naive_fleet(stage) as replicas:
            await _under_load(crowd, ear, replicas, turns, share, turn, done)
            await ear.falls_silent()
        return sum(max(said - len(ear.by_chat().get(chat, ())), 0) for chat, said in crowd.said.items())


async def _under_load(
    crowd: Guests,
    ear: Ear,
    replicas: Fleet,
    turns: int,
    share: int,
    turn: Turn,
    done: Done,
) -> None:
    """Each turn comes in the middle of what people say, once some of it is answered, nobody knows how much."""
    chance = Random(SEED)
    await crowd.come()
    for number in range(turns):
        ear.life = number
        async with asyncio.TaskGroup() as talk:
            talk.create_task(crowd.say(share))
            await ear.hears(chance.randint(1, share // 2))
            await turn(replicas, number)
        done(1)
    ear.life = turns
    await crowd.say(share)
