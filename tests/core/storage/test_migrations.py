"""The migrations make what the tables say, once, however many begin together."""

import asyncio
import sys
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, create_engine, make_url

from core.storage.database import Database
from core.storage.migrate import migrate
from core.storage.schema import metadata
from tests.stage.memory import Memory, postgresql_database, sqlite_at

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


INDEXES = {
    "sqlite": "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL",
    "postgresql": """SELECT indexname, indexdef FROM pg_indexes
        WHERE schemaname = 'public' AND tablename <> 'alembic_version'""",
}
OVERLAPS = {"patient_overlap", "doctor_overlap"}


@pytest.fixture
def url(engine: str, tmp_path: Path) -> Iterator[str]:
    """An empty database."""
    if engine == "sqlite":
        yield sqlite_at(tmp_path / "reception.db")
    else:
        with postgresql_database() as created:
            yield created


@pytest.fixture
def drawn(engine: str, tmp_path: Path) -> Iterator[str]:
    """A database made of the mapped tables, without migrations."""
    if engine == "sqlite":
        _draw(sqlite_at(tmp_path / "drawn.db"))
        yield sqlite_at(tmp_path / "drawn.db")
    else:
        with postgresql_database() as created:
            _draw(created)
            yield created


def _draw(url: str) -> None:
    parsed = make_url(url)
    engine = create_engine(parsed.set(drivername=parsed.drivername.replace("postgresql", "postgresql+psycopg")))
    metadata.create_all(engine)
    engine.dispose()


@pytest.fixture
async def database(url: str) -> AsyncIterator[Database]:
    opened = Database.at(url)
    yield opened
    await opened.close()


def differences(connection: Connection) -> list[Any]:
    context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
    found: list[Any] = compare_metadata(context, metadata)
    return found


def indexes(url: str, engine: str) -> dict[str, str]:
    """Every index with its conditions, which Alembic does not compare."""
    return {name: " ".join(sql.split()) for name, sql in Memory(url).rows(INDEXES[engine])}


def versions(url: str) -> list[str]:
    return [version for (version,) in Memory(url).rows("SELECT version_num FROM alembic_version")]


async def test_the_migrations_make_the_tables_that_are_mapped(database: Database) -> None:
    await migrate(database)
    assert await database.reshape(differences) == []


async def test_the_migrations_make_the_indexes_with_their_conditions(
    database: Database, engine: str, url: str, drawn: str
) -> None:
    await migrate(database)
    migrated = indexes(url, engine)
    if engine == "postgresql":
        assert set(migrated) >= OVERLAPS
    assert {name: made for name, made in migrated.items() if name not in OVERLAPS} == indexes(drawn, engine)


async def test_a_second_migration_finds_nothing_to_do(database: Database, url: str) -> None:
    await migrate(database)
    once = versions(url)
    await migrate(database)
    assert versions(url) == once
    assert len(once) == 1


async def test_several_that_begin_together_migrate_once(url: str) -> None:
    together = [Database.at(url) for _ in range(4)]
    await asyncio.gather(*(migrate(database) for database in together))
    assert len(versions(url)) == 1
    assert await together[-1].reshape(differences) == []
    for database in together:
        await database.close()


async def test_two_processes_that_start_together_migrate_once(url: str) -> None:
    pipe = asyncio.subprocess.PIPE
    command = (sys.executable, "-c", ONE_PROCESS, url)
    starting = [
        await asyncio.create_subprocess_exec(*command, cwd=ROOT, stdin=pipe, stdout=pipe, stderr=pipe) for _ in range(2)
    ]
    for process in starting:
        assert process.stdout is not None
        assert await process.stdout.readline() == b"ready\n"
    said = await asyncio.gather(*(process.communicate(b"go\n") for process in starting))
    assert [error.decode() for _, error in said] == ["", ""]
    assert [process.returncode for process in starting] == [0, 0]
    assert len(versions(url)) == 1


@pytest.mark.parametrize("engine", ["postgresql"])
async def test_an_owner_without_any_other_right_can_migrate(engine: str, url: str) -> None:
    """The extension that the overlap rules need is a trusted one."""
    parsed, owner = make_url(url), f"owner_{make_url(url).database}"
    Memory(url).rows(f"CREATE ROLE {owner} LOGIN PASSWORD 'owner'")
    try:
        Memory(url).rows(f"ALTER DATABASE {parsed.database} OWNER TO {owner}")
        database = Database.at(parsed.set(username=owner, password="owner").render_as_string(hide_password=False))
        await migrate(database)
        await database.close()
        assert len(versions(url)) == 1
    finally:
        Memory(url).rows(f"REASSIGN OWNED BY {owner} TO CURRENT_USER")
        Memory(url).rows(f"DROP OWNED BY {owner}")
        Memory(url).rows(f"DROP ROLE {owner}")
