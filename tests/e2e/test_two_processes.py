"""Several processes on one database and one Telegram, killed in the middle of a crowd."""

import asyncio

import pytest

from tests.e2e.bot_process import BotProcess, bot_process
from tests.stage.memory import ENGINES
from tests.stage.patient import Phone
from tests.stage.record import balance
from tests.stage.small_clinic import MARIA, PAOLO, Somebody
from tests.stage.stage import Stage
from tests.stage.voice import speech_in

pytestmark = pytest.mark.parametrize("engine", ENGINES)
PATIENTS = (MARIA, PAOLO)
GUESTS = range(2001, 2011)
ROUNDS = 3
KILLS = 2
PATIENCE_SECONDS = 120
IN_CONFIRMATIONS = "ul. Zielona 12, gab. 3"
GREETING, GUIDE = "Log in", "How this works"


async def holds_a_time(stage: Stage, somebody: Somebody) -> Phone:
    phone, say = await stage.logged_in(somebody), speech_in(somebody.language).say
    await phone.taps(say("Book a visit"), "Poradnia okulistyczna", say("First free time"))
    await phone.presses((await phone.screen()).buttons[0])
    await phone.sees(say("Confirm the booking"))
    return phone


async def goes_back_and_forth(phone: Phone) -> None:
    for _ in range(ROUNDS):
        await phone.says("/start")
        await phone.says("/help")


async def is_killed_after(stage: Stage, process: BotProcess, updates: int) -> None:
    """Killed once so many updates are done, and some are not."""
    while stage.rows("SELECT count(*) FROM inbox WHERE state = 'done'")[0][0] < updates:  # noqa: ASYNC110 - another process
        await asyncio.sleep(0.05)
    await process.is_killed()


async def screens_of(stage: Stage, guest: int) -> list[str]:
    """Which screens the bot sent to a chat, in order; what a kill repeated stands once."""
    sent: list[str] = []
    for call in await stage.calls("sendMessage", guest):
        screen = GUIDE if GUIDE in str(call["params"]) else GREETING
        if sent[-1:] != [screen]:
            sent.append(screen)
    return sent


@pytest.mark.timeout(300)
async def test_nothing_is_lost_or_doubled_when_processes_die(telegram: Stage) -> None:
    url, addresses = telegram.database_url, telegram.addresses
    people = [{"id": guest, "first_name": "Guest", "language_code": "en"} for guest in GUESTS]
    await telegram.post("people", {"people": people})
    guests = [telegram.phone(guest) for guest in GUESTS]
    async with bot_process(url, addresses) as first, asyncio.timeout(PATIENCE_SECONDS):
        patients = [(somebody, await holds_a_time(telegram, somebody)) for somebody in PATIENTS]
        await telegram.is_quiet()
        [(before,)] = telegram.rows("SELECT count(*) FROM inbox")
        async with bot_process(url, addresses) as second, asyncio.TaskGroup() as crowd:
            for phone in guests:
                crowd.create_task(goes_back_and_forth(phone))
            for somebody, phone in patients:
                confirm = speech_in(somebody.language).say("Confirm the booking")
                crowd.create_task(phone.presses(confirm, wait=0))
            await is_killed_after(telegram, first, before + 15)
            async with bot_process(url, addresses):
                await is_killed_after(telegram, second, before + 45)
                await telegram.is_quiet()
                # What a dead process held in its hands is handed out again when its lease is over.
                await telegram.move_clock(minutes=2)
                for _, phone in patients:
                    await phone.reads(IN_CONFIRMATIONS)
                await balance(telegram, kills=KILLS)

    assert telegram.rows("SELECT count(*) FROM inbox WHERE state <> 'done'") == [(0,)]
    booked = "SELECT status, count(*), count(DISTINCT patient_id), count(DISTINCT slot_id) FROM visits GROUP BY status"
    assert telegram.rows(booked) == [("confirmed", 2, 2, 2)]
    for guest in GUESTS:
        assert await screens_of(telegram, guest) == [GREETING, GUIDE] * ROUNDS
