"""P3: how many bookings a second fifty people at once get out of the clinic, against four statements of the driver."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator, Sequence
from itertools import count, islice
from random import Random
from time import perf_counter
from typing import Final

from bench.figures import Result, at_least, in_turns
from bench.naive.bare_bookings import BareBookings, open_bare
from bench.progress import progress
from bench.scale import sized
from bench.stage.databases import ENGINES, fresh_database, plain_engine
from bench.stage.town import FACILITY, FIRST_PERSON, Town, furnish, person_of, settle
from bench.stage.watch import StandingWatch
from core.clinic import Clinic
from core.storage.database import Database
from core.visits.book_visit import book_visit
from core.visits.slot import SlotId

WHAT: Final = "bookings a second, 50 tasks, {}, against the bare driver with four statements"
BAR: Final = 0.5
ROUNDS: Final = sized(3, full=15)
AT_ONCE: Final = 50
EACH_BOOKS: Final = sized(8, full=40)
TOWN: Final = Town(clinics=20, doctors=10, slots=12)

Book = Callable[[int, int], Awaitable[object]]


async def measure() -> list[Result]:
    return [await _measure(engine) for engine in ENGINES]


async def _measure(engine: str) -> Result:
    people = range(FIRST_PERSON, FIRST_PERSON + AT_ONCE * EACH_BOOKS * (ROUNDS + 1))
    async with fresh_database(engine) as url:
        with plain_engine(url).begin() as connection:
            furnish(connection, TOWN)
            settle(connection, people, logged_in=False)
        database = Database.at(url)
        clinic = Clinic(database, FACILITY, StandingWatch(), Random(1))
        free = iter(range(1, TOWN.clinics * TOWN.doctors * TOWN.days * TOWN.slots + 1))
        async with open_bare(url) as bare:
            with progress(f"P3 on {engine}, bookings", AT_ONCE * EACH_BOOKS * (ROUNDS + 1) * 2) as done:
                rounds = await in_turns(
                    _side(_through(clinic), iter(people), free, done),
                    _side(_past(bare), iter(people), free, done),
                    ROUNDS,
                )
        await database.close()
    return at_least(BAR, rounds, f"P3-{engine}", WHAT.format(engine))


def _through(clinic: Clinic) -> Book:
    return lambda person, slot: clinic.acting_as(person_of(person))(book_visit, SlotId(slot))


def _past(bare: BareBookings) -> Book:
    numbers = count(10**9)
    return lambda person, slot: bare.book(next(numbers), person, slot)


def _side(
    book: Book, people: Iterator[int], free: Iterator[int], done: Callable[[int], None]
) -> Callable[[], Awaitable[float]]:
    """Every booking is another person's, and of another slot; both sides draw from the same heap of slots."""

    async def book_all() -> float:
        wanted = list(zip(people, islice(free, AT_ONCE * EACH_BOOKS), strict=False))[: AT_ONCE * EACH_BOOKS]
        shares: list[Sequence[tuple[int, int]]] = [wanted[nth::AT_ONCE] for nth in range(AT_ONCE)]
        began = perf_counter()
        await asyncio.gather(*(_one_after_another(book, share) for share in shares))
        done(len(wanted))
        return len(wanted) / (perf_counter() - began)

    return book_all


async def _one_after_another(book: Book, wanted: Sequence[tuple[int, int]]) -> None:
    for person, slot in wanted:
        await book(person, slot)
