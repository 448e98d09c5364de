"""The usual way with one time: look whether it is free, then write it down."""

import asyncio
from collections.abc import Callable
from typing import Final

from bench.bars.naive_pool import Pool, pool_at

SHAPE: Final = (
    "CREATE TABLE slots (id INTEGER PRIMARY KEY, free INTEGER)",
    "CREATE TABLE visits (slot_id INTEGER, patient_id INTEGER)",
)
MOST: Final = "SELECT max(winners) FROM (SELECT count(*) AS winners FROM visits GROUP BY slot_id) AS races"


async def naive_race(engine: str, racers: int, runs: int, done: Callable[[int], object]) -> int:
    """The most who got one time."""
    async with pool_at(engine) as pool:
        for statement in SHAPE:
            await pool.change(statement)
        for slot in range(1, runs + 1):
            await pool.change("INSERT INTO slots VALUES (?, 1)", slot)
            await asyncio.gather(*(_take(pool, slot, patient) for patient in range(racers)))
            done(1)
        return int(await pool.value(MOST))


async def _take(pool: Pool, slot: int, patient: int) -> None:
    if await pool.value("SELECT free FROM slots WHERE id = ?", slot):
        await pool.change("INSERT INTO visits VALUES (?, ?)", slot, patient)
        await pool.change("UPDATE slots SET free = 0 WHERE id = ?", slot)
