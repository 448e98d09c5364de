"""R-updates: six thousand updates, thirty kills at moments of chance, and the ledger of what is left."""

import asyncio
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import groupby, pairwise
from random import Random
from typing import Final

import aiohttp

from bench.bars.counted import ENGINES, at_most
from bench.bars.crowd import Ear, Guests, Sent
from bench.bars.memory import let_in, small_clinic
from bench.bars.naive_polling import naive_storm
from bench.bars.storm import storm
from bench.figures import Result
from tests.e2e.bot_process import bot_process
from tests.stage.house import open_house
from tests.stage.patient import Phone
from tests.stage.record import balance
from tests.stage.stage import Stage, StandingClock, open_telegram

MESSAGES: Final = 6_000
KILLS: Final = 30
GUESTS: Final = range(2001, 2061)
PATIENTS_A_LIFE: Final = 2
FIRST_PATIENT: Final = 5001
TIMES_SHOWN: Final = 6
SEED: Final = 20_261_122


@dataclass(frozen=True, slots=True)
class Outcome:
    """`lost`: updates without an end, messages without an answer, confirmed bookings that are not there.

    `doubled`: visits beyond those; `repeated`: the most messages that one kill repeated to one person. `faults`: what
    the ledger says.
    """

    lost: int
    doubled: int
    repeated: int
    faults: tuple[str, ...]


async def measure() -> Sequence[Result]:
    async with small_clinic("sqlite") as unused, open_telegram(unused) as stage:
        naive = await naive_storm(stage, MESSAGES, KILLS, GUESTS, SEED)
    async with small_clinic("sqlite") as unused, open_telegram(unused) as stage:
        one_by_one = await naive_storm(stage, MESSAGES, KILLS, GUESTS, SEED, one_by_one=True)
    results = []
    for engine in ENGINES:
        async with small_clinic(engine) as url, open_telegram(url) as stage:
            found = await survive(stage, MESSAGES, KILLS, GUESTS)
        what = f"of {MESSAGES:,} updates with {KILLS} kills, {engine}"
        results += [
            at_most(0, f"R-updates-{engine}", f"lost {what}", ours=found.lost, of=MESSAGES, naive=naive.lost),
            at_most(
                0,
                f"R-updates-{engine}-doubled",
                f"effects doubled {what}",
                ours=found.doubled + len(found.faults),
                of=MESSAGES,
                naive=one_by_one.doubled,
            ),
            at_most(
                1,
                f"R-updates-{engine}-repeated",
                f"messages repeated to one person by one kill {what}",
                ours=found.repeated,
                of=MESSAGES,
                naive=one_by_one.doubled,
            ),
        ]
    return results


async def survive(stage: Stage, messages: int, kills: int, guests: Sequence[int], seed: int = SEED) -> Outcome:
    """Guests say so many messages; in each life a few patients, too, confirm a booking in the middle of it."""
    chance, crowd = Random(seed), Guests(stage, guests)
    patients = [stage.phone(number) for number in range(FIRST_PATIENT, FIRST_PATIENT + PATIENTS_A_LIFE * kills)]
    begin = partial(bot_process, stage.database_url, stage.addresses)
    share = messages // (kills + 1)
    await crowd.come()
    async with aiohttp.ClientSession() as http:
        ear = Ear(http, stage.telegram.url)
        async with begin():
            await come_to_the_last_step(stage, patients)
        for ear.life in range(1, kills + 1):
            booking = patients[(ear.life - 1) * PATIENTS_A_LIFE :][:PATIENTS_A_LIFE]
            confirming = (phone.presses("Confirm the booking", wait=0) for phone in booking)
            await storm(begin, crowd, ear, chance, messages=share, deeds=confirming)
        ear.life += 1
        async with begin():
            await crowd.say(messages - crowd.said.total())
            await stage.is_quiet()
            # What a dead process held in its hands is handed out again when its lease is over.
            await stage.move_clock(minutes=2)
            return await _outcome(stage, crowd, ear, len(patients), kills)


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


async def _outcome(stage: Stage, crowd: Guests, ear: Ear, patients: int, kills: int) -> Outcome:
    faults: tuple[str, ...] = ()
    try:
        await balance(stage, kills=kills)
    except AssertionError as unbalanced:
        faults = tuple(str(unbalanced).splitlines())
    await ear.hear()
    [(visits,)] = stage.rows("SELECT count(*) FROM visits WHERE status = 'confirmed'")
    chats = ear.by_chat()
    answers = {chat: len(list(groupby(sent.text for sent in chats.get(chat, [])))) for chat in crowd.said}
    unanswered = sum(abs(said - answers[chat]) for chat, said in crowd.said.items())
    return Outcome(
        lost=unanswered + max(patients - visits, 0),
        doubled=max(visits - patients, 0),
        repeated=max(_repeats(chats.values()).values(), default=0),
        faults=faults,
    )


def _repeats(chats: Iterable[Sequence[Sent]]) -> Counter[tuple[int, int]]:
    """How often a chat was told the same twice in a row, in each life."""
    return Counter(
        (later.chat, later.life) for chat in chats for one, later in pairwise(chat) if one.text == later.text
    )
