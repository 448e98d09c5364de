"""The Diamed demo, loaded on 1 September 2026 (a Tuesday) and read back."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest
from argon2 import PasswordHasher
from sqlalchemy import Connection, Row

from core.clinic import Clinic
from core.demo.demo import Demo
from core.demo.load_demo import load_demo
from core.demo.read_demo import read_demo
from core.facility.profile import FacilityProfile
from core.facility.read_profile import read_profile
from core.identity.hasher import Hasher
from core.storage.database import Database
from core.storage.migrate import migrate
from core.storage.schema import metadata
from tests.stage.memory import sqlite_at

FACILITIES = Path(__file__).parents[3] / "facilities"
NOW = datetime(2026, 9, 1, 9, 40, tzinfo=UTC)


@dataclass(frozen=True)
class FixedClock:
    moment: datetime

    def now(self) -> datetime:
        return self.moment


Rows = dict[str, list[Row[Any]]]
LoadedOn = Callable[..., Rows]


@pytest.fixture(scope="session")
def demo() -> Demo:
    return read_demo(FACILITIES / "demo" / "diamed.toml")


@pytest.fixture(scope="session")
def facility() -> FacilityProfile:
    return read_profile(FACILITIES / "diamed.toml")


@pytest.fixture(scope="session")
def hasher() -> Hasher:
    return Hasher(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))


@pytest.fixture(scope="session")
def demo_file(tmp_path_factory: pytest.TempPathFactory, demo: Demo, facility: FacilityProfile, hasher: Hasher) -> Path:
    """A database with the whole demo in it."""
    file = tmp_path_factory.mktemp("demo") / "reception.db"
    asyncio.run(_load(sqlite_at(file), NOW, demo, facility, hasher))
    return file


@pytest.fixture(scope="session")
def rows(demo_file: Path) -> Rows:
    return asyncio.run(_read(sqlite_at(demo_file)))


@pytest.fixture
def loaded_on(tmp_path: Path, demo: Demo, facility: FacilityProfile, hasher: Hasher) -> LoadedOn:
    """The rows of the same demo on any day, smaller: the clinics that somebody has planned to visit, for two weeks."""
    wished = {visit.clinic for account in demo.accounts for visit in account.visits}
    small = replace(demo, clinics=tuple(clinic for clinic in demo.clinics if clinic.name in wished))
    fortnight = replace(facility, booking=replace(facility.booking, horizon=timedelta(days=14)))

    def load(now: datetime, url: str | None = None) -> Rows:
        url = url or sqlite_at(tmp_path / f"{len(list(tmp_path.iterdir()))}" / "reception.db")
        asyncio.run(_load(url, now, small, fortnight, hasher))
        return asyncio.run(_read(url))

    return load


async def _load(url: str, now: datetime, demo: Demo, facility: FacilityProfile, hasher: Hasher) -> None:
    database = Database.at(url)
    await migrate(database)
    await load_demo(Clinic(database, facility, FixedClock(now), Random(1)), hasher, demo)
    await database.close()


async def _read(url: str) -> Rows:
    database = Database.at(url)
    rows = await database.reshape(_all_rows)
    await database.close()
    return rows


def _all_rows(connection: Connection) -> Rows:
    return {
        table.name: list(connection.execute(table.select().order_by(*table.primary_key)))
        for table in metadata.sorted_tables
    }
