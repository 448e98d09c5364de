"""Databases of a measure's own, on both engines, empty but for their shape."""

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final
from uuid import uuid4

import asyncpg
from sqlalchemy import Engine, NullPool, create_engine, make_url

from core.storage.database import Database
from core.storage.migrate import migrate

ENGINES: Final = ("sqlite", "postgresql")
SERVER: Final = os.environ.get("RECEPTION_TEST_POSTGRESQL") or "postgresql://postgres@127.0.0.1:5432/postgres"


@asynccontextmanager
async def fresh_database(engine: str) -> AsyncIterator[str]:
    """The URL of a database in the present shape, which goes at the end of the block."""
    async with _sqlite() if engine == "sqlite" else _postgresql() as url:
        database = Database.at(url)
        await migrate(database)
        await database.close()
        yield url


@asynccontextmanager
async def _sqlite() -> AsyncIterator[str]:
    with TemporaryDirectory(prefix="bench-") as folder:
        yield f"sqlite:///{Path(folder) / 'reception.db'}"


@asynccontextmanager
async def _postgresql() -> AsyncIterator[str]:
    name = f"reception_bench_{uuid4().hex}"
    server = await asyncpg.connect(SERVER)
    try:
        await server.execute(f"CREATE DATABASE {name}")
        yield make_url(SERVER).set(database=name).render_as_string(hide_password=False)
    finally:
        await server.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        await server.close()


def plain_engine(url: str) -> Engine:
    """A way to fill it, past every store."""
    parsed = make_url(url)
    driver = "postgresql+psycopg" if parsed.get_backend_name() == "postgresql" else "sqlite+pysqlite"
    return create_engine(parsed.set(drivername=driver), poolclass=NullPool)


def analyse(url: str) -> None:
    """Let the planner know what was just filled in."""
    engine = plain_engine(url)
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("ANALYZE" if engine.name == "sqlite" else "VACUUM ANALYZE")
