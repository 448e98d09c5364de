"""What naive programs share: a few connections, and each statement a transaction of its own on whichever is free."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any, Final, Protocol

import aiosqlite
import asyncpg
from sqlalchemy import make_url

from bench.bars.memory import empty_database

CONNECTIONS: Final = 12
PATIENCE_SECONDS: Final = 60


class Connection(Protocol):
    """What both drivers can do."""

    async def value(self, query: str, *values: int) -> Any: ...

    async def change(self, statement: str, *values: int) -> None: ...


class OnSQLite:
    def __init__(self, driver: aiosqlite.Connection) -> None:
        self._driver = driver

    async def value(self, query: str, *values: int) -> Any:
        async with self._driver.execute(query, values) as found:
            row = await found.fetchone()
        return row[0] if row else None

    async def change(self, statement: str, *values: int) -> None:
        await self._driver.execute(statement, values)


class OnPostgreSQL:
    def __init__(self, driver: "asyncpg.Connection[asyncpg.Record]") -> None:
        self._driver = driver

    async def value(self, query: str, *values: int) -> Any:
        return await self._driver.fetchval(_numbered(query), *values)

    async def change(self, statement: str, *values: int) -> None:
        await self._driver.execute(_numbered(statement), *values)


def _numbered(statement: str) -> str:
    first, *others = statement.split("?")
    return first + "".join(f"${number}{part}" for number, part in enumerate(others, start=1))


class Pool:
    def __init__(self) -> None:
        self._free: asyncio.Queue[Connection] = asyncio.Queue()

    def add(self, connection: Connection) -> None:
        self._free.put_nowait(connection)

    async def value(self, query: str, *values: int) -> Any:
        async with self._borrowed() as connection:
            return await connection.value(query, *values)

    async def change(self, statement: str, *values: int) -> None:
        async with self._borrowed() as connection:
            await connection.change(statement, *values)

    @asynccontextmanager
    async def _borrowed(self) -> AsyncIterator[Connection]:
        connection = await self._free.get()
        try:
            yield connection
        finally:
            self.add(connection)


@asynccontextmanager
async def pool_at(engine: str) -> AsyncIterator[Pool]:
    """Connections to an empty database."""
    pool = Pool()
    async with AsyncExitStack() as stack:
        url = make_url(stack.enter_context(empty_database(engine)))
        for _ in range(CONNECTIONS):
            if engine == "sqlite":
                opened = aiosqlite.connect(url.database or "", isolation_level=None, timeout=PATIENCE_SECONDS)
                pool.add(OnSQLite(await stack.enter_async_context(opened)))
            else:
                driver = await asyncpg.connect(url.render_as_string(hide_password=False))
                stack.push_async_callback(driver.close)
                pool.add(OnPostgreSQL(driver))
        yield pool
