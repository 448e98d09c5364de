"""A booking with nothing but the driver: read the slot, mark it, insert the visit, insert the alert."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any, Final, Protocol

import aiosqlite
import asyncpg
from sqlalchemy import make_url

from bench.stage.town import NOW

CONNECTIONS: Final = 8
DUE: Final = NOW + timedelta(hours=9)
READ: Final = "SELECT clinic_id, doctor_id, starts_at, ends_at FROM slots WHERE id = $1 AND free"
MARK: Final = "UPDATE slots SET free = false WHERE id = $1"
VISIT: Final = (
    "INSERT INTO visits "
    "(id, patient_id, slot_id, clinic_id, doctor_id, starts_at, ends_at, status, version, booked_at) "
    "VALUES ($1, $2, $3, $4, $5, $6, $7, 'confirmed', 1, $8)"
)
ALERT: Final = (
    "INSERT INTO alerts (id, kind, account_id, channel, visit_id, visit_version, dedupe_key, due_at, owed_at, state, "
    "tries) VALUES ($1, 'reminder', $2, 'telegram', $1, 1, $3, $4, $5, 'waiting', 0)"
)


class BareBookings(Protocol):
    async def book(self, number: int, person: int, slot: int) -> None: ...


class OnPostgreSQL:
    def __init__(self, pool: "asyncpg.Pool[Any]") -> None:
        self._pool = pool

    async def book(self, number: int, person: int, slot: int) -> None:
        async with self._pool.acquire() as connection, connection.transaction():
            found = await connection.fetchrow(f"{READ} FOR UPDATE", slot)
            assert found is not None
            await connection.execute(MARK, slot)
            await connection.execute(VISIT, number, person, slot, *found, NOW)
            await connection.execute(ALERT, number, person, f"reminder:{number}", DUE, NOW)


class OnSQLite:
    """One connection, one booking after another."""

    def __init__(self, connection: aiosqlite.Connection) -> None:
        self._connection = connection
        self._turn = asyncio.Lock()

    async def book(self, number: int, person: int, slot: int) -> None:
        now, due = (str(moment.replace(tzinfo=None)) + ".000000" for moment in (NOW, DUE))
        async with self._turn:
            await self._connection.execute("BEGIN IMMEDIATE")
            async with self._connection.execute(_numbered(READ), (slot,)) as cursor:
                found = await cursor.fetchone()
            assert found is not None
            await self._connection.execute(_numbered(MARK), (slot,))
            await self._connection.execute(_numbered(VISIT), (number, person, slot, *found, now))
            await self._connection.execute(_numbered(ALERT), (number, person, f"reminder:{number}", due, now))
            await self._connection.execute("COMMIT")


@asynccontextmanager
async def open_bare(url: str) -> AsyncIterator[BareBookings]:
    parsed = make_url(url)
    if parsed.get_backend_name() == "postgresql":
        async with asyncpg.create_pool(url, min_size=CONNECTIONS, max_size=CONNECTIONS) as pool:
            yield OnPostgreSQL(pool)
        return
    async with aiosqlite.connect(parsed.database or "", isolation_level=None) as connection:
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=10000"):
            await connection.execute(f"PRAGMA {pragma}")
        yield OnSQLite(connection)


def _numbered(statement: str) -> str:
    """SQLite counts its places with question marks."""
    return statement.replace("$", "?")
