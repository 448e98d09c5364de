"""R-slots: a thousand people who want one time at once, twenty times over."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from random import SystemRandom
from typing import Final

from bench.bars.memory import ENGINES, admit, person, small_house
from bench.bars.naive_slots import naive_race
from bench.figures import Result, within
from bench.progress import progress
from bench.scale import sized
from core.identity.person import Person
from core.visits.book_visit import book_visit
from core.visits.refusals import PatientBusy, SlotTaken
from core.visits.slot import SlotId
from tests.stage.house import House, open_house

RACERS: Final = 1_000
RUNS: Final = sized(5, full=20)
FIRST: Final = 5_001


async def measure() -> Sequence[Result]:
    return [await on(engine) for engine in ENGINES]


async def on(engine: str) -> Result:
    with progress(f"races for one time, {engine}", 2 * RUNS) as done:
        most = 0
        async with small_house(engine) as house:
            await house.clinic(admit, range(FIRST, FIRST + RACERS))
            for slot in free_times(house, RUNS):
                most = max(most, await race(house, slot, RACERS))
                done(1)
        naive = await naive_race(engine, RACERS, RUNS, done)
    what = f"winners of one time among {RACERS:,}, worst of {RUNS} runs, {engine}"
    return within(1, most, f"R-slots-{engine}", what, "winner", naive)


def free_times(house: House, count: int) -> list[SlotId]:
    rows = house.rows("SELECT id FROM slots WHERE starts_at > '2026-11-24' ORDER BY starts_at, id LIMIT ?", count)
    return [SlotId(number) for (number,) in rows]


async def race(house: House, slot: SlotId, racers: int) -> int:
    """How many of so many got it, asking at several desks of one memory."""
    async with (
        open_house(house.database_url, house.clock) as second,
        open_house(house.database_url, house.clock) as third,
    ):
        desks = [_with_ids_of_its_own(desk) for desk in (house, second, third)]
        everybody = [person(number) for number in range(FIRST, FIRST + racers)]
        got = await asyncio.gather(
            *(_gets_it(desks[place % len(desks)], somebody, slot) for place, somebody in enumerate(everybody))
        )
    return sum(got)


def _with_ids_of_its_own(house: House) -> House:
    return replace(house, clinic=replace(house.clinic, chance=SystemRandom()))


async def _gets_it(desk: House, somebody: Person, slot: SlotId) -> bool:
    try:
        await desk.as_(somebody)(book_visit, slot)
    except (SlotTaken, PatientBusy):
        # Whoever won another time of the same hour is busy then.
        return False
    return True
