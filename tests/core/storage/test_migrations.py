"""The migrations make what the tables say, once, however many begin together."""

import asyncio
import sqlite3
import sys
from collections.abc import AsyncIterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, create_engine

from core.storage.database import Database
from core.storage.migrate import migrate
from core.storage.schema import metadata

ROOT = Path(__file__).parents[3]
ONE_PROCESS = """
import asyncio, sys
from core.storage.database import Database
from core.storage.migrate import migrate

async def main():
    database = Database.at(sys.argv[1])
    print("ready", flush=True)
    sys.stdin.readline()
    await migrate(database)
    await database.close()

asyncio.run(main())
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "reception.db"


@pytest.fixture
async def database(file: Path) -> AsyncIterator[Database]:
    opened = Database.at(f"sqlite:///{file}")
    yield opened
    await opened.close()


def differences(connection: Connection) -> list[Any]:
    context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
    found: list[Any] = compare_metadata(context, metadata)
    return found


def indexes(file: Path) -> dict[str, str]:
    """Every index with its conditions, which Alembic does not compare."""
    with closing(sqlite3.connect(file)) as connection:
        rows = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL")
        return {name: " ".join(sql.split()) for name, sql in rows}


def versions(file: Path) -> list[str]:
    with closing(sqlite3.connect(file)) as connection:
        return [version for (version,) in connection.execute("SELECT version_num FROM alembic_version")]


async def test_the_migrations_make_the_tables_that_are_mapped(database: Database) -> None:
    await migrate(database)
    async with database.questions() as connection:
        assert await connection.run_sync(differences) == []


async def test_the_migrations_make_the_indexes_with_their_conditions(
    database: Database, file: Path, tmp_path: Path
) -> None:
    await migrate(database)
    drawn = tmp_path / "drawn.db"
    engine = create_engine(f"sqlite:///{drawn}")
    metadata.create_all(engine)
    engine.dispose()
    assert indexes(file) == indexes(drawn)


async def test_a_second_migration_finds_nothing_to_do(database: Database, file: Path) -> None:
    await migrate(database)
    once = versions(file)
    await migrate(database)
    assert versions(file) == once
    assert len(once) == 1


async def test_several_that_begin_together_migrate_once(file: Path) -> None:
    together = [Database.at(f"sqlite:///{file}") for _ in range(4)]
    await asyncio.gather(*(migrate(database) for database in together))
    assert len(versions(file)) == 1
    async with together[-1].questions() as connection:
        assert await connection.run_sync(differences) == []
    for database in together:
        await database.close()


async def test_two_processes_that_start_together_migrate_once(file: Path) -> None:
    pipe = asyncio.subprocess.PIPE
    command = (sys.executable, "-c", ONE_PROCESS, f"sqlite:///{file}")
    starting = [
        await asyncio.create_subprocess_exec(*command, cwd=ROOT, stdin=pipe, stdout=pipe, stderr=pipe) for _ in range(2)
    ]
    for process in starting:
        assert process.stdout is not None
        assert await process.stdout.readline() == b"ready\n"
    said = await asyncio.gather(*(process.communicate(b"go\n") for process in starting))
    assert [error.decode() for _, error in said] == ["", ""]
    assert [process.returncode for process in starting] == [0, 0]
    assert len(versions(file)) == 1
