"""R-reminders: a hundred reminders over a restart of seven seconds, and a hundred among four processes."""

import asyncio
from collections import Counter
from collections.abc import Sequence
from contextlib import AbstractAsyncContextManager, AsyncExitStack
from datetime import datetime, timedelta
from typing import Final

import aiohttp

from bench.bars.crowd import Ear
from bench.bars.lives import life, serve, take_every_core
from bench.bars.memory import ENGINES, let_in, person, small_clinic
from bench.bars.naive_reminders import naive_over_a_restart, naive_with_replicas
from bench.figures import Result, within
from bench.progress import progress
from core.visits.book_visit import book_visit
from core.visits.slot import SlotId
from tests.e2e.bot_process import BotProcess
from tests.stage.house import open_house
from tests.stage.stage import Stage, StandingClock, open_telegram, settings_for

REMINDERS: Final = 100
REPLICAS: Final = 4
DOWN_SECONDS: Final = 7.0
EACH_SECONDS: Final = 0.1
SOON: Final = timedelta(seconds=1)
FIRST: Final = 5_001
ASKED: Final = "Will you be able to come?"
PATIENCE_SECONDS: Final = 120


async def measure() -> Sequence[Result]:
    take_every_core()
    results = []
    for engine in ENGINES:
        with progress(f"reminders, {engine}", 4) as done:
            async with small_clinic(engine) as url, open_telegram(url) as stage:
                lost = await lost_over_a_restart(stage, REMINDERS, DOWN_SECONDS, EACH_SECONDS)
            done(1)
            async with small_clinic(engine) as url, open_telegram(url) as stage:
                doubled = await doubled_with_replicas(stage, REMINDERS, REPLICAS)
            done(1)
            naive_lost = await naive_over_a_restart(engine, REMINDERS, DOWN_SECONDS, EACH_SECONDS)
            done(1)
            naive_doubled = await naive_with_replicas(engine, REMINDERS, REPLICAS)
            done(1)
        row, of = f"R-reminders-{engine}", f"of {REMINDERS} reminders"
        over = f"lost {of} over a restart of {DOWN_SECONDS:g} s, {engine}"
        among = f"doubled {of} with {REPLICAS} replicas, {engine}"
        results += [
            within(0, lost, f"{row}-restart", over, "reminders", naive_lost),
            within(0, doubled, f"{row}-replicas", among, "reminders", naive_doubled),
        ]
    return results


async def lost_over_a_restart(stage: Stage, reminders: int, down_seconds: float, each_seconds: float) -> int:
    """One reminder after the other comes due; the bot is killed among them, and is away for a while."""
    await owe_reminders(stage, reminders, each_seconds)
    async with aiohttp.ClientSession() as http:
        ear = Ear(http, stage.telegram.url)
        async with ours(stage):
            await _told(ear, reminders // 8)
        await stage.move_clock(seconds=down_seconds)
        async with ours(stage):
            # What a dead process held in its hands is handed out again when its lease is over.
            await stage.move_clock(minutes=2)
            await _told(ear, reminders)
    return reminders - len(_reminded(ear))


async def doubled_with_replicas(stage: Stage, reminders: int, replicas: int) -> int:
    """All are due at once, and several processes send them."""
    await owe_reminders(stage, reminders, each_seconds=0.0)
    async with aiohttp.ClientSession() as http, AsyncExitStack() as at_work:
        ear = Ear(http, stage.telegram.url)
        for _ in range(replicas):
            await at_work.enter_async_context(ours(stage))
        await _told(ear, reminders)
        await stage.move_clock(minutes=2)
        await stage.is_quiet()
        await ear.hear()
    told = _reminded(ear)
    return told.total() - len(told)


def ours(stage: Stage) -> AbstractAsyncContextManager[BotProcess]:
    return life(serve, settings_for(stage.database_url, stage.addresses))


async def owe_reminders(stage: Stage, reminders: int, each_seconds: float) -> None:
    """So many patients with a visit each; the reminders come due from now on, one after the other."""
    patients = range(FIRST, FIRST + reminders)
    named = [{"id": number, "first_name": "Ewa", "language_code": "en"} for number in patients]
    await stage.post("people", {"people": named})
    await stage.as_bot("getMe")
    await asyncio.gather(*(stage.phone(number).says("/start") for number in patients))
    async with open_house(stage.database_url, StandingClock()) as house:
        await let_in(house, patients)
        free = house.rows("SELECT id FROM slots WHERE starts_at > '2026-11-24' ORDER BY starts_at, id")
        for number, (slot,) in zip(patients, free, strict=False):
            await house.as_(person(number))(book_visit, SlotId(slot))
        house.rows("UPDATE alerts SET state = 'withdrawn', ended_at = owed_at WHERE kind <> 'reminder'")
        began = datetime.fromisoformat((await stage.post("clock", {"advance": 0}))["now"]) + SOON
        for place, number in enumerate(patients):
            due = (began + timedelta(seconds=each_seconds) * place).strftime("%Y-%m-%d %H:%M:%S.%f")
            house.rows("UPDATE alerts SET due_at = ? WHERE kind = 'reminder' AND account_id = ?", due, number)


async def _told(ear: Ear, people: int) -> None:
    """Until so many were reminded; who is not by the end of our patience never will be."""
    loop = asyncio.get_running_loop()
    deadline = loop.time() + PATIENCE_SECONDS
    while len(_reminded(ear)) < people and loop.time() < deadline:
        await ear.hear()
        await asyncio.sleep(0.02)


def _reminded(ear: Ear) -> Counter[int]:
    return Counter(sent.chat for sent in ear.sent if ASKED in sent.text)
