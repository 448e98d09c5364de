"""P2: the next ten free times of a clinic, and the days of a month that have one, through `clinic.read` and past it."""

from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from statistics import median
from time import perf_counter
from typing import Final

from bench.figures import Result, Rounds, at_most, in_turns
from bench.naive.bare_questions import BareQuestions, bare_questions
from bench.progress import progress
from bench.scale import sized
from bench.stage.databases import ENGINES, analyse, fresh_database, plain_engine
from bench.stage.statements import statements_of
from bench.stage.town import FACILITY, FIRST_PERSON, TODAY, Town, furnish, person_of, settle
from bench.stage.town_slots import fill_slots
from bench.stage.watch import StandingWatch
from core.clinic import Clinic
from core.storage.database import Database
from core.transaction import Reading
from core.visits.cards import SlotCard
from core.visits.outpatient_clinic import ClinicId
from core.visits.questions import free_days
from tests.stage.overheard import Asked

SMALL: Final = Town(clinics=8, doctors=10, days=60, slots=21)
LARGE: Final = Town(clinics=sized(16, full=40), doctors=sized(25, full=100), days=60, slots=21)
ASKS: Final = 50
ROUNDS: Final = sized(7, full=25)
TIMES: Final = 10
BESIDE_BAR: Final = 2.0
GROWTH_BAR: Final = 1.5

Ask = Callable[[], Awaitable[object]]


def next_ten(reading: Reading, clinic_id: ClinicId) -> list[SlotCard]:
    """As the screen of the first free times asks, for ten of them."""
    booking = reading.facility.booking
    after, until = reading.now + booking.minimum_notice, reading.now + booking.horizon
    return reading.slots.free(clinic_id, None, after, until, reading.now, TIMES)


def month(reading: Reading, clinic_id: ClinicId) -> frozenset[date]:
    """The whole of December, as the calendar asks."""
    first = (TODAY.replace(day=1) + timedelta(days=31)).replace(day=1)
    return free_days(reading, clinic_id, None, first, first + timedelta(days=30))


QUESTIONS: Final = {"times": next_ten, "month": month}
WORDS: Final = {"times": "next ten free times", "month": "days of a month with a free time"}


@dataclass(frozen=True, slots=True)
class Filled:
    """A town's clinic, and the bare driver beside it with the statements that the clinic was heard to ask."""

    clinic: Clinic
    bare: BareQuestions
    asked: dict[str, list[Asked]]

    def ours(self, question: str) -> Ask:
        return lambda: self.clinic.read(QUESTIONS[question], ClinicId(1))

    def theirs(self, question: str) -> Ask:
        return lambda: self.bare.ask(self.asked[question])


async def measure() -> list[Result]:
    results = []
    for engine in ENGINES:
        async with AsyncExitStack() as stage:
            small, large = [await open_town(stage, engine, town) for town in (SMALL, LARGE)]
            for question in QUESTIONS:
                results += await _compare(engine, question, small, large)
    return results


async def open_town(stage: AsyncExitStack, engine: str, town: Town) -> Filled:
    url = await stage.enter_async_context(fresh_database(engine))
    with progress(f"filling {engine}, slots", size(town)):
        with plain_engine(url).begin() as connection:
            furnish(connection, town, with_slots=False)
            settle(connection, [FIRST_PERSON], logged_in=False)
            fill_slots(connection, town)
        analyse(url)
    database = Database.at(url)
    stage.push_async_callback(database.close)
    clinic = Clinic(database, FACILITY, StandingWatch(), Random(1), person_of(FIRST_PERSON))
    bare = await stage.enter_async_context(bare_questions(url))
    asked = {name: await statements_of(clinic, question, ClinicId(1)) for name, question in QUESTIONS.items()}
    for name, question in QUESTIONS.items():
        assert await bare.ask(asked[name]) == len(await clinic.read(question, ClinicId(1))), "not the same SQL"
    return Filled(clinic, bare, asked)


def size(town: Town) -> int:
    return town.clinics * town.doctors * town.days * town.slots


async def milliseconds(ask: Ask, asks: int = ASKS) -> float:
    """The median of so many asks: what a busy machine does to a few of them is not theirs."""
    taken = []
    for _ in range(asks):
        began = perf_counter()
        await ask()
        taken.append(perf_counter() - began)
    return median(taken) * 1000


async def _compare(engine: str, question: str, small: Filled, large: Filled) -> list[Result]:
    what = f"{WORDS[question]}, ms, {engine}, {size(LARGE):,} slots"
    beside = await _rounds(large.ours(question), large.theirs(question))
    growth = await _rounds(large.ours(question), small.ours(question))
    return [
        at_most(BESIDE_BAR, beside, f"P2-{question}-{engine}", f"{what}, against the bare driver with the same SQL"),
        at_most(GROWTH_BAR, growth, f"P2-{question}-{engine}-growth", f"{what}, against {size(SMALL):,}"),
    ]


async def _rounds(ours: Ask, theirs: Ask) -> Rounds:
    return await in_turns(lambda: milliseconds(ours), lambda: milliseconds(theirs), ROUNDS)
