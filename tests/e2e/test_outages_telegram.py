"""Telegram is away for more than a day: what was typed is answered later, and what was owed meanwhile goes out once."""

import asyncio
from datetime import timedelta
from typing import Final

import aiohttp
import pytest

from tests.dialogs.steps import november, when
from tests.e2e.outages import Booker
from tests.stage.ledger import faults_in
from tests.stage.patient import PATIENCE_SECONDS
from tests.stage.record import BOT, record_of
from tests.stage.small_clinic import EYES, MARIA, NOWAK, OLGA, PAOLO
from tests.stage.stage import Stage, open_stage
from tests.stage.patient import Phone
from tests.stage.voice import speech_in

TEATIME: Final = november(23, 17, 30)
VISIT: Final = november(25, 9)
AWAY: Final = timedelta(hours=25)
TRIES: Final = 3


async def is_away(stage: Stage) -> None:
    """Every second call is answered by a gateway on the way, the others by nobody."""
    ends = (TEATIME + AWAY).isoformat()
    await stage.fault("*", "html502", every=2, until=ends)
    await stage.fault("*", "timeout_before", until=ends)


async def calls_fail(stage: Stage, method: str, more: int = 1) -> None:
    """Wait until so many more calls got no answer."""
    before = len(await failed(stage, method))
    async with asyncio.timeout(PATIENCE_SECONDS):
        while len(await failed(stage, method)) < before + more:  # noqa: ASYNC110 - the bot
            await asyncio.sleep(0.02)


async def failed(stage: Stage, method: str) -> list[dict[str, object]]:
    return [call for call in await stage.calls(method) if call["status"] != 200]


async def test_what_was_typed_is_answered_later_and_what_was_owed_goes_out_once(database_url: str) -> None:
    async with open_stage(database_url, TEATIME) as stage:
        maria = await stage.logged_in(MARIA)
        await books_on_wednesday(maria)
        await stage.is_quiet()

        await is_away(stage)
        await maria.says("/help")
        await calls_fail(stage, "sendMessage")
        await calls_fail(stage, "getUpdates")
        await stage.phone(PAOLO).says("/help")
        await stage.move_clock(hours=24, minutes=35)
        for _ in range(TRIES):
            await calls_fail(stage, "")
            await stage.move_clock(minutes=1)
        await stage.phone(OLGA).says("/help")
        await stage.move_clock(hours=1)

        await maria.sees("Back")
        await maria.reads("tomorrow", when(VISIT))
        await stage.phone(OLGA).sees(speech_in(OLGA.language).say("Back"))
        await stage.is_quiet()
        assert await faults(stage) == [f"update {await paolos(stage)} is not there"]
        assert len([message for message in await maria.messages() if when(VISIT) in message])==1


async def books_on_wednesday(phone: Phone) -> None:
    await phone.taps("Book a visit", EYES.name)
    await phone.says("25.11")
    times = await phone.sees("Another day")
    print(times)
    await phone.presses(times.buttons[0])
    await phone.sees("Confirm the booking")
    await phone.presses("Confirm the booking")
    await phone.reads("Confirmation: your visit is booked.")
    

async def faults(stage: Stage) -> list[str]:
    async with aiohttp.ClientSession() as http:
        return faults_in(await record_of(stage, http))

async def paolos(stage: Stage) -> str:
    """The key of the update that Telegram kept for a day, and then no longer."""
    async with aiohttp.ClientSession() as http, http.get(f"{stage.telegram.url}/sim/updates", params={"chat": PAOLO.chat}) as r:
        [update]=(await r.json())["updates"]
        return f"{BOT}:{update['update_id']}"
