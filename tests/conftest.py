"""A stage for every test that wants one: the sandbox, the small clinic and the bot, all real, in one loop."""

import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.stage.house import House, open_house
from tests.stage.stage import Stage, StandingClock, furnished_database, open_stage, open_telegram


@pytest.fixture(scope="session")
def furnished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small clinic's database, made once and copied for each test."""
    return furnished_database(tmp_path_factory.mktemp("clinic") / "reception.db")


@pytest.fixture
def database_file(furnished: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(furnished, tmp_path / "reception.db"))


@pytest.fixture
async def stage(database_file: Path) -> AsyncIterator[Stage]:
    async with open_stage(database_file) as opened:
        yield opened


@pytest.fixture
async def telegram(database_file: Path) -> AsyncIterator[Stage]:
    """A Telegram with the small clinic's people in it, and no bot at work."""
    async with open_telegram(database_file) as opened:
        yield opened


@pytest.fixture
async def house(database_file: Path) -> AsyncIterator[House]:
    """The small clinic without a Telegram, on Monday, 23 November 2026, at 10:00 in Warsaw."""
    async with open_house(database_file, StandingClock()) as opened:
        yield opened
