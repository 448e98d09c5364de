"""A stage for every test that wants one: the sandbox, the small clinic and the bot, all real, in one loop."""

import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.stage.stage import Stage, furnished_database, open_stage


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
