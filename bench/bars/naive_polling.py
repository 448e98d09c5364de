"""The usual way with updates: aiogram's polling as the documentation shows it, and a row for each message."""

import asyncio
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import aiohttp
import aiosqlite
from aiogram import Bot, Dispatcher
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.types import Message, Update

from bench.bars.crowd import Ear, Guests
from bench.bars.lives import Done, life, say_nothing
from bench.bars.storm import storm
from tests.stage.stage import TOKEN, Stage


@dataclass(frozen=True, slots=True)
class Naive:
    """`lost`: messages that nobody answered; `doubled`: rows above one a message."""

    lost: int
    doubled: int


def live(sandbox: str, file: str, one_by_one: bool) -> None:
    say_nothing()
    asyncio.run(serve(sandbox, file, one_by_one))


async def serve(sandbox: str, file: str, one_by_one: bool) -> None:
    session = AiohttpSession(api=TelegramAPIServer.from_base(sandbox))
    dispatcher = Dispatcher()
    async with aiosqlite.connect(file) as database:
        await database.execute("CREATE TABLE IF NOT EXISTS bookings (update_id INTEGER, chat_id INTEGER)")

        @dispatcher.message()
        async def book(message: Message, event_update: Update) -> None:
            row = (event_update.update_id, message.chat.id)
            await database.execute("INSERT INTO bookings VALUES (?, ?)", row)
            await database.commit()
            await message.answer("Your visit is booked.")

        await dispatcher.start_polling(Bot(TOKEN, session=session), handle_as_tasks=not one_by_one)


async def naive_storm(
    stage: Stage, messages: int, kills: int, guests: Sequence[int], seed: int, *, one_by_one: bool, done: Done
) -> Naive:
    """The same messages and kills as ours. By default each update is a task; `one_by_one` is aiogram's other way."""
    chance, crowd = Random(seed), Guests(stage, guests)
    await crowd.come()
    await stage.as_bot("getMe")
    with TemporaryDirectory() as folder:
        file = str(Path(folder) / "bookings.db")

        begin = partial(life, live, stage.telegram.url, file, one_by_one)
        async with aiohttp.ClientSession() as http:
            ear = Ear(http, stage.telegram.url)
            share = messages // (kills + 1)
            for _ in range(kills):
                await storm(begin, crowd, ear, chance, messages=share)
                done(1)
            async with begin():
                await crowd.say(messages - crowd.said.total())
                await ear.falls_silent()
        return Naive(messages - ear.answered(crowd), await _doubled(file))


async def _doubled(file: str) -> int:
    async with aiosqlite.connect(file) as database:
        rows = Counter(number for (number,) in await database.execute_fetchall("SELECT update_id FROM bookings"))
    return rows.total() - len(rows)
