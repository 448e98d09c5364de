"""The usual way through an outage: aiogram's polling, a row for each message, and a job for each reminder."""

import asyncio
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final, TypeAlias

import aiohttp
import asyncpg
from aiogram import Bot, Dispatcher
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.types import Message

from bench.bars.crowd import Ear, Guests
from bench.bars.lives import life, say_nothing
from bench.bars.memory import small_clinic
from bench.bars.naive_polling import live
from bench.bars.naive_reminders import REMINDER, add_jobs
from bench.bars.naive_reminders import live as keep_time
from tests.stage.memory import sqlite_at
from tests.stage.stage import TOKEN, Stage, open_telegram

MESSAGES: Final = 60
GUESTS: Final = range(2001, 2011)
TABLE: Final = "CREATE TABLE IF NOT EXISTS bookings (chat_id bigint)"
AWAY: Final = timedelta(hours=25)
UNTIL_THE_JOB_IS_DONE: Final = 8.0

Trouble: TypeAlias = Callable[[], AbstractAsyncContextManager[None]]
"""The outage, for as long as the block takes."""
Lives: TypeAlias = Callable[[str], AbstractAsyncContextManager[object]]
"""The bot at this Telegram, for as long as the block takes."""


def with_a_file(file: Path) -> Lives:
    return lambda sandbox: life(live, sandbox, str(file), False)


def with_postgresql(url: str) -> Lives:
    return lambda sandbox: life(live_with_postgresql, sandbox, url)


def live_with_postgresql(sandbox: str, url: str) -> None:
    say_nothing()
    asyncio.run(_serve(sandbox, url))


async def _serve(sandbox: str, url: str) -> None:
    dispatcher = Dispatcher()
    async with asyncpg.create_pool(url) as pool:
        await pool.execute(TABLE)

        @dispatcher.message()
        async def book(message: Message) -> None:
            await pool.execute("INSERT INTO bookings VALUES ($1)", message.chat.id)
            await message.answer("Your visit is booked.")

        session = AiohttpSession(api=TelegramAPIServer.from_base(sandbox))
        await dispatcher.start_polling(Bot(TOKEN, session=session))


async def naive_outage(begin: Lives, trouble: Trouble, seconds: float) -> int:
    """How many messages nobody answered: a third come before, a third meanwhile, a third afterwards."""
    async with small_clinic("sqlite") as unused, open_telegram(unused) as stage:
        crowd = await _come(stage)
        async with aiohttp.ClientSession() as http:
            ear = Ear(http, stage.telegram.url)
            async with begin(stage.telegram.url):
                await crowd.say(MESSAGES // 3)
                await ear.falls_silent()
                async with trouble():
                    await crowd.say(MESSAGES // 3)
                    await asyncio.sleep(seconds)
                await crowd.say(MESSAGES // 3)
                await ear.falls_silent()
            return MESSAGES - ear.answered(crowd)


async def naive_without_telegram() -> int:
    """Of three questions, the second said as Telegram goes, and a reminder that falls due meanwhile: how many are lost.

    A bot that polls comes back, whenever that is: the clock is moved over the hours as soon as the job was done.
    """
    async with small_clinic("sqlite") as unused, open_telegram(unused) as stage, aiohttp.ClientSession() as http:
        crowd, ear = await _come(stage), Ear(http, stage.telegram.url)
        with TemporaryDirectory() as folder:
            jobs = sqlite_at(Path(folder) / "jobs.db")
            async with with_a_file(Path(folder) / "naive.db")(stage.telegram.url):
                await crowd.say(1)
                await ear.falls_silent()
                await add_jobs(stage, jobs, 1, 0.0)
                async with life(keep_time, jobs):
                    now = datetime.fromisoformat((await stage.post("clock", {"advance": 0}))["now"])
                    await stage.fault("*", "html502", until=(now + AWAY).isoformat())
                    await crowd.say(1)
                    await asyncio.sleep(UNTIL_THE_JOB_IS_DONE)
                    await stage.move_clock(seconds=AWAY.total_seconds())
                    await crowd.say(1)
                    await ear.falls_silent()
        reminded = any(sent.text == REMINDER for sent in ear.sent)
        return crowd.said.total() - ear.answered(crowd) + (not reminded)


async def _come(stage: Stage) -> Guests:
    crowd = Guests(stage, GUESTS)
    await crowd.come()
    await stage.as_bot("getMe")
    return crowd
