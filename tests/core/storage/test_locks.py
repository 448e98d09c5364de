"""A lock between processes is one process's at a time, and goes with it."""

import asyncio
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from core.errors import DatabaseLost
from core.storage.database import Database
from tests.stage.house import House
from tests.stage.memory import Memory

ROOT = Path(__file__).parents[3]
PATIENCE_SECONDS = 20
END_LOCKS = """SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE datname = current_database() AND application_name = 'reception lock'"""
HOLDER = """
import asyncio, sys
from core.storage.database import Database

async def main():
    lock = Database.at(sys.argv[1]).lock("seat-0")
    print(await lock.take(), flush=True)
    await asyncio.Event().wait()

asyncio.run(main())
"""


@pytest.fixture
async def other(house: House) -> AsyncIterator[Database]:
    """Another process's sight of the same database."""
    opened = Database.at(house.database_url)
    yield opened
    await opened.close()


async def test_one_holds_it_until_it_lets_go(house: House, other: Database) -> None:
    ours, theirs = house.clinic.database.lock("seat-0"), other.lock("seat-0")
    assert not ours.held
    assert await ours.take()
    assert not await theirs.take()
    assert (ours.held, theirs.held) == (True, False)
    await ours.let_go()
    assert await theirs.take()
    assert (ours.held, theirs.held) == (False, True)
    await theirs.let_go()


async def test_whoever_holds_it_holds_it_still(house: House, other: Database) -> None:
    ours = house.clinic.database.lock("seat-0")
    assert [await ours.take() for _ in range(3)] == [True] * 3
    await ours.let_go()
    await ours.let_go()
    theirs = other.lock("seat-0")
    assert await theirs.take()
    await theirs.let_go()


async def test_locks_of_other_names_are_free(house: House, other: Database) -> None:
    ours, theirs = house.clinic.database.lock("seat-0"), other.lock("seat-1")
    assert await ours.take()
    assert await theirs.take()
    await ours.let_go()
    await theirs.let_go()


async def test_it_goes_with_a_killed_process(house: House) -> None:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", HOLDER, house.database_url, cwd=ROOT, stdout=asyncio.subprocess.PIPE
    )
    assert process.stdout is not None
    assert await process.stdout.readline() == b"True\n"
    ours = house.clinic.database.lock("seat-0")
    assert not await ours.take()
    process.kill()
    await process.wait()
    async with asyncio.timeout(PATIENCE_SECONDS):
        while not await ours.take():  # noqa: ASYNC110 - another process
            await asyncio.sleep(0.01)
    await ours.let_go()


@pytest.mark.parametrize("engine", ["postgresql"])
async def test_it_goes_with_its_connection_and_can_be_had_again(house: House) -> None:
    ours = house.clinic.database.lock("seat-0")
    assert await ours.take()
    Memory(house.database_url).rows(END_LOCKS)
    async with asyncio.timeout(PATIENCE_SECONDS):
        while ours.held:  # noqa: ASYNC110 - the server
            await asyncio.sleep(0.01)
    assert await ours.take()
    await ours.let_go()


async def test_a_folder_that_is_gone_is_a_lost_database(tmp_path: Path) -> None:
    database = Database.at(f"sqlite:///{tmp_path}/clinic/reception.db")
    (tmp_path / "clinic").rmdir()
    with pytest.raises(DatabaseLost):
        await database.lock("seat-0").take()
    await database.close()
