"""R-outages: the database stops, its disk is full, its pen is taken, Telegram is away, and people go on booking.

Each row counts what the ledger of the scenario has against it: updates lost, changes without one cause, people not told
or told more often than once more an outage. Naive: messages of sixty that nobody answers, a third of them
said meanwhile.
"""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from bench.bars.memory import small_clinic
from bench.bars.naive_outages import naive_outage, naive_without_telegram, with_a_file, with_postgresql
from bench.figures import Result, within
from bench.progress import progress
from tests.e2e.outages import balances, booked, more_are_booked, people_who_book
from tests.e2e.telegram_away import AWAY, TEATIME, away_for_25_hours
from tests.peers.postgresql import Cluster, cluster
from tests.peers.small_disk import SmallDisk, small_disk
from tests.peers.sqlite_locker import pen_of
from tests.stage.memory import ENGINES, sqlite_at
from tests.stage.stage import Stage, furnish_database, open_stage

OUTAGES: Final = 3
VISITS: Final = 3
LOCKS_SECONDS: Final = (1, 10, 60)
FULL_SECONDS: Final = 3.0
NAIVE_SECONDS: Final = 20.0
STOPPED_SECONDS: Final = 2.0


async def measure() -> Sequence[Result]:
    with progress("outages", 5) as done:
        rows = []
        for row in (restarts(), full_disk(), locks(), *map(without_telegram, ENGINES)):
            rows.append(await row)
            done(1)
    return rows


async def restarts() -> Result:
    async with cluster(fsync=True) as server:
        await asyncio.to_thread(furnish_database, server.url)
        async with open_stage(server.url) as stage:
            async with people_who_book(stage, VISITS):
                for _ in range(OUTAGES):
                    await more_are_booked(stage)
                    await server.stops_at_once()
                    await server.starts()
            what = f"{booked(stage)} visits booked over {OUTAGES} immediate stops of PostgreSQL"
            faults = await _faults(stage, OUTAGES)
        naive = await naive_outage(with_postgresql(server.url), lambda: stopped(server), STOPPED_SECONDS)
        return _row("postgres-restart", faults, what, naive)


async def full_disk() -> Result:
    with small_disk() as disk:
        url = sqlite_at(disk.folder / "reception.db")
        await asyncio.to_thread(furnish_database, url)
        async with open_stage(url) as stage:
            async with people_who_book(stage, VISITS):
                for _ in range(OUTAGES):
                    await more_are_booked(stage)
                    disk.is_full()
                    await asyncio.sleep(FULL_SECONDS)
                    disk.has_room()
            what = f"{booked(stage)} visits booked while SQLite's disk was full {OUTAGES} times"
            faults = await _faults(stage, OUTAGES)
        naive = await naive_outage(with_a_file(disk.folder / "naive.db"), lambda: full(disk), FULL_SECONDS)
        return _row("disk-full", faults, what, naive)


async def locks() -> Result:
    async with small_clinic("sqlite") as url, open_stage(url) as stage:
        async with people_who_book(stage, VISITS):
            for seconds in LOCKS_SECONDS:
                await more_are_booked(stage)
                async with pen_of(url):
                    await asyncio.sleep(seconds)
        held = ", ".join(map(str, LOCKS_SECONDS))
        what = f"{booked(stage)} visits booked while another program held SQLite's pen for {held} s"
        faults = await _faults(stage, len(LOCKS_SECONDS))
    with TemporaryDirectory() as folder:
        file = Path(folder) / "naive.db"
        naive = await naive_outage(with_a_file(file), lambda: pen_of(sqlite_at(file)), NAIVE_SECONDS)
    return _row("locked", faults, what, naive)


@asynccontextmanager
async def full(disk: SmallDisk) -> AsyncIterator[None]:
    disk.is_full()
    yield
    disk.has_room()


@asynccontextmanager
async def stopped(server: Cluster) -> AsyncIterator[None]:
    await server.stops_at_once()
    yield
    await server.starts()


async def without_telegram(engine: str) -> Result:
    async with small_clinic(engine) as url, open_stage(url, TEATIME) as stage:
        faults = await away_for_25_hours(stage)
    hours = AWAY.total_seconds() / 3600
    return _row(
        f"telegram-down-{engine}",
        len(faults),
        f"questions and a reminder over {hours:g} hours without Telegram, {engine}",
        await naive_without_telegram(),
    )


async def _faults(stage: Stage, outages: int) -> int:
    try:
        await balances(stage, outages)
    except AssertionError as found:
        return len(str(found).splitlines())
    return 0


def _row(name: str, faults: int, what: str, naive: int | None = None) -> Result:
    return within(0, faults, f"R-{name}", f"lost or doubled: {what}", "entries of the ledger", naive)
