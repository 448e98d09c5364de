"""R-failover: a PostgreSQL dies in the middle of writes, and its standby takes over, fifty milliseconds away."""

import asyncio
from collections.abc import Callable
from typing import Final

from bench.figures import Result, within
from bench.progress import progress
from core.storage.database import Database
from tests.peers.postgresql import cluster, standby_of, url_of
from tests.peers.wire import long_wire
from tests.peers.writers import writers_in
from tests.stage.stage import furnish_database

RUNS: Final = 3
WRITES: Final = 300
WIRE_SECONDS: Final = 0.05


async def measure() -> Result:
    """The naive side is the same clinic with an asynchronous standby, as PostgreSQL sets one up by itself."""
    with progress("a standby that takes over", 2 * RUNS) as done:
        lost, of = await _after(RUNS, synchronous=True, done=done)
        naive, _ = await _after(RUNS, synchronous=False, done=done)
    what = f"acknowledged writes lost of {of:,} over {RUNS} failovers to a synchronous standby"
    return within(0, lost, "R-failover", what, "writes", naive)


async def _after(runs: int, *, synchronous: bool, done: Callable[[int], None]) -> tuple[int, int]:
    lost = of = 0
    for _ in range(runs):
        lost_now, of_now = await fail_over(WRITES, synchronous=synchronous)
        lost, of = lost + lost_now, of + of_now
        done(1)
    return lost, of


async def fail_over(writes: int, *, synchronous: bool) -> tuple[int, int]:
    """How many of the writes that were said to be kept are not there afterwards; so many before the kill, and after."""
    async with cluster(fsync=True) as primary:
        await asyncio.to_thread(furnish_database, primary.url)
        async with (
            long_wire(primary.port, WIRE_SECONDS) as wire,
            standby_of(primary, synchronous=synchronous, wire=wire) as standby,
            writers_in(Database.at(url_of(primary, standby))) as writers,
        ):
            await writers.keep(writes)
            await primary.is_killed()
            await standby.is_promoted()
            await writers.keep(writes)
            return len(writers.lost_by(standby)), len(writers.kept)
