"""The usual way through an outage of its database: aiogram's polling, and a row for each message."""

import asyncio
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from functools import partial
from pathlib import Path
from typing import Final

import aiohttp

from bench.bars.crowd import Ear, Guests
from bench.bars.lives import life
from bench.bars.memory import small_clinic
from bench.bars.naive_polling import live
from tests.stage.stage import open_telegram

MESSAGES: Final = 60
GUESTS: Final = range(2001, 2011)

Trouble = Callable[[], AbstractAsyncContextManager[None]]
"""The outage, for as long as the block takes."""


async def naive_outage(file: Path, trouble: Trouble, seconds: float) -> int:
    """How many messages nobody answered: a third come before, a third meanwhile, a third afterwards."""
    async with small_clinic("sqlite") as unused, open_telegram(unused) as stage:
        crowd = Guests(stage, GUESTS)
        await crowd.come()
        await stage.as_bot("getMe")
        async with aiohttp.ClientSession() as http:
            ear = Ear(http, stage.telegram.url)
            async with partial(life, live, stage.telegram.url, str(file), False)():
                await crowd.say(MESSAGES // 3)
                await ear.falls_silent()
                async with trouble():
                    await crowd.say(MESSAGES // 3)
                    await asyncio.sleep(seconds)
                await crowd.say(MESSAGES // 3)
                await ear.falls_silent()
            answered = sum(min(len(sent), crowd.said[chat]) for chat, sent in ear.by_chat().items())
    return MESSAGES - answered
