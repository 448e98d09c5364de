"""P10: what ten thousand open forms hold of the memory, and how long the loop stands still at worst."""

import asyncio
from collections.abc import Iterator
from contextlib import AbstractAsyncContextManager
from time import monotonic
from typing import Final

from bench.booking_step import book
from bench.child import Child
from bench.figures import Result, within
from bench.progress import progress
from bench.scale import sized
from bench.servers import move_to_the_servers_core, program
from bench.stage.blast import CAP_PER_SECOND, Blast, open_blast
from bench.stage.bot import OURS, our_bot
from bench.stage.databases import fresh_database, plain_engine
from bench.stage.hand import Hand
from bench.stage.telegram import Telegram, open_telegram, token_of
from bench.stage.town import FIRST_PERSON, Town, furnish, settle

FORMS: Final = sized(2_000, full=10_000)
WARM_UP: Final = 300
MOST_MB: Final = 25.0
SOAK_SECONDS: Final = sized(20, full=60)
BOOKING_AT_ONCE: Final = 6
MOST_STILL_MS: Final = 50.0
MB: Final = 1_000_000
PATIENCE_SECONDS: Final = 600
THEIRS: Final = token_of(200300400)


async def measure() -> list[Result]:
    move_to_the_servers_core()
    return [await forms(), *await stalls()]


async def forms() -> Result:
    people = range(FIRST_PERSON, FIRST_PERSON + WARM_UP + FORMS)
    async with fresh_database("sqlite") as database, open_telegram() as telegram:
        with plain_engine(database).begin() as connection:
            furnish(connection, Town())
            settle(connection, people)
        await telegram.people(people)
        stock = program("-m", "bench.naive.dialog_bot", telegram.url, THEIRS)
        with progress("P10, forms", FORMS * 2) as done:
            theirs = await _growth(telegram, THEIRS, people, stock)
            done(FORMS)
            ours = await _growth(telegram, OURS, people, our_bot(telegram, database))
            done(FORMS)
    what = f"MB that {FORMS:,} open forms add to the process"
    return within(MOST_MB, ours, "P10-forms", what, "MB", naive=theirs)


async def _growth(telegram: Telegram, token: str, people: range, bot: AbstractAsyncContextManager[Child]) -> float:
    await telegram.acquaint(token, people)
    async with bot as started:
        await telegram.is_heard(token)
        await _open_all(telegram, token, people[:WARM_UP])
        before = started.resident_bytes
        await _open_all(telegram, token, people[WARM_UP:])
        return round((started.resident_bytes - before) / MB, 2)


async def _open_all(telegram: Telegram, token: str, people: range) -> None:
    after = await telegram.last_call()
    await telegram.all_say(token, people, "/start")
    await telegram.answered(token, after, len(people), PATIENCE_SECONDS)


async def stalls() -> list[Result]:
    wave = SOAK_SECONDS * CAP_PER_SECOND
    patients = SOAK_SECONDS * BOOKING_AT_ONCE
    async with open_blast(1, wave, patients, "-m", "bench.stage.heartbeat") as blast:
        newcomers = iter(blast.idle)
        # The first clinic's times are those of the reminders.
        desks = range(1, 1 + BOOKING_AT_ONCE)
        await asyncio.gather(*(_book_on(blast, newcomers, nth, 3.0) for nth in desks))
        await blast.bot.asked()
        with progress("P10, seconds", SOAK_SECONDS):
            await blast.begin()
            await asyncio.gather(*(_book_on(blast, newcomers, nth, SOAK_SECONDS) for nth in desks))
        stood, at_work = map(float, (await blast.bot.asked()).split())
    what = f"ms that the loop stands still at worst in {SOAK_SECONDS} s of blast and bookings"
    return [
        within(MOST_STILL_MS, stood, "P10-stall", what, "ms"),
        within(MOST_STILL_MS, at_work, "P10-stall-own", f"{what}: its own work alone", "ms"),
    ]


async def _book_on(blast: Blast, newcomers: Iterator[int], number: int, seconds: float) -> None:
    """One booking after another, each another person's."""
    ends = monotonic() + seconds
    while monotonic() < ends:
        hand = Hand(blast.telegram, OURS, next(newcomers))
        await hand.says("/start", then="How can we help you")
        await book(hand, number)
