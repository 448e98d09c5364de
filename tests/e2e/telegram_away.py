"""A day and an hour without Telegram, for whoever wants to know what became of everybody."""

import asyncio
from datetime import timedelta
from http import HTTPStatus
from typing import Final

import aiohttp

from tests.dialogs.steps import november
from tests.stage.ledger import faults_in
from tests.stage.patient import PATIENCE_SECONDS, Phone
from tests.stage.record import BOT, record_of
from tests.stage.small_clinic import EYES, MARIA, OLGA, PAOLO, Somebody
from tests.stage.stage import Stage
from tests.stage.voice import speech_in

TEATIME: Final = november(23, 17, 30)
VISIT: Final = november(25, 9)
AWAY: Final = timedelta(hours=25)
TRIES: Final = 3
REMINDED: Final = "Will you be able to come?"
SETBACKS: Final = "SELECT setbacks FROM alerts WHERE kind = 'reminder'"


async def away_for_25_hours(stage: Stage) -> list[str]:
    """What the ledger has against it afterwards, but for what Telegram itself did not keep so long.

    Maria is to be reminded at 18:00 on the second day, and had asked something before; Paolo asks at once, and Olga an
    hour before the end.
    """
    maria, olga = await stage.logged_in(MARIA), stage.phone(OLGA)
    await _books_on_wednesday(maria)
    await stage.is_quiet()

    await _is_away(stage)
    await maria.says("/help")
    await _fails(stage, "", MARIA.chat)
    await _fails(stage, "getUpdates")
    await stage.phone(PAOLO).says("/help")
    await stage.move_clock(hours=24, minutes=35)
    for times in range(1, TRIES + 1):
        await _is_put_back(stage, times)
        await stage.move_clock(minutes=1)
    await olga.says("/help")
    await stage.move_clock(hours=1)

    await maria.sees("Back")
    await maria.reads(REMINDED)
    await olga.sees(speech_in(OLGA.language).say("Back"))
    await stage.is_quiet()
    forgotten = {f"update {key} is not there" for key in await _updates_of(stage, PAOLO)}
    return [fault for fault in await _faults_of(stage) if fault not in forgotten]


async def _books_on_wednesday(phone: Phone) -> None:
    await phone.taps("Book a visit", EYES.name)
    await phone.says(f"{VISIT:%d.%m}")
    times = await phone.sees("Another day")
    await phone.presses(times.buttons[0])
    await phone.sees("Confirm the booking")
    await phone.presses("Confirm the booking")
    await phone.reads("Confirmation: your visit is booked.")


async def _is_away(stage: Stage) -> None:
    """Every second call is answered by a gateway on the way, the others by nobody."""
    ends = (TEATIME + AWAY).isoformat()
    await stage.fault("*", "html502", every=2, until=ends)
    await stage.fault("*", "timeout_before", until=ends)


async def _fails(stage: Stage, method: str, chat: int | None = None) -> None:
    """Wait until such a call was left without an answer."""
    async with asyncio.timeout(PATIENCE_SECONDS):
        while all(call["status"] == HTTPStatus.OK for call in await stage.calls(method, chat)):  # noqa: ASYNC110 - the bot
            await asyncio.sleep(0.02)


async def _is_put_back(stage: Stage, times: int) -> None:
    """Wait until the reminder should have left so often, and is owed still."""
    async with asyncio.timeout(PATIENCE_SECONDS):
        while stage.rows(SETBACKS) < [(times,)]:  # noqa: ASYNC110 - the bot
            await asyncio.sleep(0.02)


async def _faults_of(stage: Stage) -> list[str]:
    async with aiohttp.ClientSession() as http:
        return faults_in(await record_of(stage, http))


async def _updates_of(stage: Stage, somebody: Somebody) -> list[str]:
    """The keys of all that Telegram ever had from them."""
    query = {"chat": str(somebody.chat)}
    async with aiohttp.ClientSession() as http, http.get(f"{stage.telegram.url}/sim/updates", params=query) as response:
        return [f"{BOT}:{update['update_id']}" for update in (await response.json())["updates"]]
