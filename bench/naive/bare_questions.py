"""A statement put to the driver itself, one connection, no library between."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any, Protocol

import aiosqlite
import asyncpg
from sqlalchemy import make_url

from tests.stage.overheard import Asked


class BareQuestions(Protocol):
    async def ask(self, asked: Sequence[Asked]) -> int:
        """How many rows came."""
        ...


class ToPostgreSQL:
    def __init__(self, connection: "asyncpg.Connection[Any]") -> None:
        self._connection = connection

    async def ask(self, asked: Sequence[Asked]) -> int:
        async with self._connection.transaction(isolation="repeatable_read", readonly=True):
            return sum([len(await self._connection.fetch(statement, *values)) for statement, values in asked])


class ToSQLite:
    def __init__(self, connection: aiosqlite.Connection) -> None:
        self._connection = connection

    async def ask(self, asked: Sequence[Asked]) -> int:
        return sum([len(list(await self._connection.execute_fetchall(*question))) for question in asked])


@asynccontextmanager
async def bare_questions(url: str) -> AsyncIterator[BareQuestions]:
    parsed = make_url(url)
    if parsed.get_backend_name() == "postgresql":
        connection = await asyncpg.connect(url)
        try:
            yield ToPostgreSQL(connection)
        finally:
            await connection.close()
        return
    async with aiosqlite.connect(parsed.database or "") as memory:
        yield ToSQLite(memory)
