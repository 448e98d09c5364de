"""The usual way with reminders: a job each, in the job store that APScheduler brings along."""

import asyncio
from contextlib import AsyncExitStack
from datetime import UTC, timedelta
from typing import Any, Final

import aiohttp
from apscheduler.jobstores.sqlalchemy import SQLAlchemyJobStore
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from sqlalchemy import make_url

from bench.bars.crowd import Ear
from bench.bars.lives import life, say_nothing
from bench.bars.memory import empty_database, small_clinic
from core.clock import Clock
from main import MovableClock
from tests.stage.stage import TOKEN, Stage, open_telegram

EACH_SECONDS: Final = 0.1
SOON: Final = timedelta(seconds=4)
FIRST: Final = 5_001
REMINDER: Final = "You have a visit tomorrow."
CLOCK: Final[Clock] = MovableClock()


async def remind(sandbox: str, chat: int) -> None:
    message = {"chat_id": chat, "text": REMINDER}
    async with aiohttp.ClientSession() as http, http.post(f"{sandbox}/bot{TOKEN}/sendMessage", json=message) as answer:
        await answer.read()


def scheduler_at(store: str) -> AsyncIOScheduler:
    return AsyncIOScheduler(jobstores={"default": SQLAlchemyJobStore(store)}, timezone=UTC)


def live(store: str) -> None:
    say_nothing()
    asyncio.run(serve(store))


async def serve(store: str) -> None:
    scheduler_at(store).start()
    await asyncio.Event().wait()


async def naive_over_a_restart(engine: str, reminders: int, down_seconds: float, each_seconds: float) -> int:
    """How many were never sent."""
    async with small_clinic("sqlite") as unused, open_telegram(unused) as stage, aiohttp.ClientSession() as http:
        ear = Ear(http, stage.telegram.url)
        with empty_database(engine) as url:
            store = _driven(url)
            await add_jobs(stage, store, reminders, each_seconds)
            async with life(live, store):
                await ear.hears(reminders // 8)
            await asyncio.sleep(down_seconds)
            async with life(live, store):
                await _over(reminders * each_seconds)
        return reminders - await ear.hear()


async def naive_with_replicas(engine: str, reminders: int, replicas: int) -> int:
    """How many were sent again."""
    async with small_clinic("sqlite") as unused, open_telegram(unused) as stage, aiohttp.ClientSession() as http:
        ear = Ear(http, stage.telegram.url)
        with empty_database(engine) as url:
            store = _driven(url)
            await add_jobs(stage, store, reminders, EACH_SECONDS)
            async with AsyncExitStack() as at_work:
                for _ in range(replicas):
                    await at_work.enter_async_context(life(live, store))
                await ear.hears(1)
                await _over(reminders * EACH_SECONDS)
        await ear.hear()
        return sum(len(sent) - 1 for sent in ear.by_chat().values())


async def add_jobs(stage: Stage, store: str, reminders: int, each_seconds: float) -> None:
    """People who have written to the bot, and a job for each."""
    patients = range(FIRST, FIRST + reminders)
    await stage.post("people", {"people": [{"id": number, "first_name": "Ewa"} for number in patients]})
    await stage.as_bot("getMe")
    await asyncio.gather(*(stage.phone(number).says("/start") for number in patients))
    scheduler: Any = scheduler_at(store)
    scheduler.start(paused=True)
    began = CLOCK.now() + SOON
    for place, number in enumerate(patients):
        due = began + timedelta(seconds=each_seconds) * place
        scheduler.add_job(remind, "date", run_date=due, args=(stage.telegram.url, number))
    scheduler.shutdown(wait=False)


async def _over(seconds: float) -> None:
    """Until the last job's time is long past."""
    await asyncio.sleep(seconds + SOON.total_seconds())


def _driven(url: str) -> str:
    parsed = make_url(url)
    if parsed.get_backend_name() == "postgresql":
        parsed = parsed.set(drivername="postgresql+psycopg")
    return parsed.render_as_string(hide_password=False)
