"""R-updates: six thousand updates, thirty kills at moments of chance, and the ledger of what is left."""

import asyncio
from collections.abc import Sequence
from functools import partial
from random import Random
from typing import Final

import aiohttp

from bench.bars.crowd import Ear, Guests
from bench.bars.ledger import Outcome, outcome
from bench.bars.lives import Done, life, nobody_looks_on, serve, take_every_core
from bench.bars.memory import ENGINES, let_in, small_clinic
from bench.bars.naive_polling import Naive, naive_storm
from bench.bars.storm import storm
from bench.figures import Result, within
from bench.progress import progress
from bench.scale import sized
from tests.stage.house import open_house
from tests.stage.patient import Phone
from tests.stage.stage import Stage, StandingClock, open_telegram, settings_for

MESSAGES: Final = sized(2_000, full=6_000)
KILLS: Final = sized(10, full=30)
GUESTS: Final = range(2001, 2061)
PATIENTS_A_LIFE: Final = 2
FIRST_PATIENT: Final = 5001
TIMES_SHOWN: Final = 6
SEED: Final = 20_261_122


async def measure() -> Sequence[Result]:
    take_every_core()
    naive, one_by_one = await _naively(one_by_one=False), await _naively(one_by_one=True)
    results = []
    for engine in ENGINES:
        with progress(f"kills, {engine}", KILLS) as done:
            async with small_clinic(engine) as url, open_telegram(url) as stage:
                found = await survive(stage, MESSAGES, KILLS, GUESTS, done=done)
        row, of = f"R-updates-{engine}", f"of {MESSAGES:,} updates with {KILLS} kills, {engine}"
        wrong = found.doubled + len(found.faults)
        results += [
            within(0, found.lost, row, f"lost {of}", "updates", naive.lost),
            within(0, wrong, f"{row}-doubled", f"effects doubled {of}", "effects", one_by_one.doubled),
            within(
                1, found.repeated, f"{row}-repeated", f"messages that a kill repeated to one person, {of}", "a kill"
            ),
        ]
    return results


async def _naively(*, one_by_one: bool) -> Naive:
    with progress("kills, the usual way", KILLS) as done:
        async with small_clinic("sqlite") as unused, open_telegram(unused) as stage:
            return await naive_storm(stage, MESSAGES, KILLS, GUESTS, SEED, one_by_one=one_by_one, done=done)


async def survive(
    stage: Stage, messages: int, kills: int, guests: Sequence[int], done: Done = nobody_looks_on
) -> Outcome:
    """Guests say so many messages; in each life a few patients, too, confirm a booking in the middle of it."""
    chance, crowd = Random(SEED), Guests(stage, guests)
    patients = [stage.phone(number) for number in range(FIRST_PATIENT, FIRST_PATIENT + PATIENTS_A_LIFE * kills)]
    begin = partial(life, serve, settings_for(stage.database_url, stage.addresses))
    share = messages // (kills + 1)
    await crowd.come()
    await stage.as_bot("getMe")
    async with aiohttp.ClientSession() as http:
        ear = Ear(http, stage.telegram.url)
        async with begin():
            await come_to_the_last_step(stage, patients)
        for ear.life in range(1, kills + 1):
            booking = patients[(ear.life - 1) * PATIENTS_A_LIFE :][:PATIENTS_A_LIFE]
            confirming = (phone.presses("Confirm the booking", wait=0) for phone in booking)
            await storm(begin, crowd, ear, chance, messages=share, deeds=confirming)
            done(1)
        ear.life += 1
        async with begin():
            await crowd.say(messages - crowd.said.total())
            await stage.is_quiet()
            # What a dead process held in its hands is handed out again when its lease is over.
            await stage.move_clock(minutes=2)
            return await outcome(stage, crowd, ear, kills, len(patients))


async def come_to_the_last_step(stage: Stage, patients: Sequence[Phone]) -> None:
    """Newcomers who log in and choose a time each: all that is left is to confirm it."""
    numbers = [phone.person for phone in patients]
    async with open_house(stage.database_url, StandingClock()) as house:
        await let_in(house, numbers)
    people = [{"id": number, "first_name": "Ewa", "language_code": "en"} for number in numbers]
    await stage.post("people", {"people": people})
    for first in range(0, len(patients), TIMES_SHOWN):
        group = patients[first : first + TIMES_SHOWN]
        await asyncio.gather(*map(_look_at_times, group))
        await asyncio.gather(*(_choose(phone, place) for place, phone in enumerate(group)))


async def _look_at_times(phone: Phone) -> None:
    await phone.says("/start")
    await phone.sees("Book a visit")
    await phone.taps("Book a visit", "Poradnia okulistyczna", "First free time")


async def _choose(phone: Phone, place: int) -> None:
    await phone.presses((await phone.screen()).buttons[place])
    await phone.sees("Confirm the booking")
