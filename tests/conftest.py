"""A stage for every test that wants one: the sandbox, the small clinic and the bot, all real, in one loop."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
import structlog

from tests.stage.house import House, open_house
from tests.stage.memory import copy_of, postgresql_database, sqlite_at
from tests.stage.stage import Stage, StandingClock, furnish_database, open_stage, open_telegram


@pytest.fixture(autouse=True)
def plain_logs() -> None:
    """Tracebacks without everybody's locals: drawing those of a dispatcher takes longer than most tests."""
    renderer = structlog.dev.ConsoleRenderer(colors=False, exception_formatter=structlog.dev.plain_traceback)
    structlog.configure(processors=[structlog.processors.add_log_level, renderer])


@pytest.fixture
def engine() -> str:
    """SQLite keeps the memory, where a folder or a test does not ask for both engines by their names."""
    return "sqlite"


@pytest.fixture(scope="session")
def furnished_sqlite(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The small clinic's database, made once and copied for each test."""
    url = sqlite_at(tmp_path_factory.mktemp("clinic") / "reception.db")
    furnish_database(url)
    return url


@pytest.fixture(scope="session")
def furnished_postgresql() -> Iterator[str]:
    with postgresql_database() as url:
        furnish_database(url)
        yield url


@pytest.fixture
def database_url(engine: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    with copy_of(request.getfixturevalue(f"furnished_{engine}"), tmp_path) as url:
        yield url


@pytest.fixture
async def stage(database_url: str) -> AsyncIterator[Stage]:
    async with open_stage(database_url) as opened:
        yield opened


@pytest.fixture
async def telegram(database_url: str) -> AsyncIterator[Stage]:
    """A Telegram with the small clinic's people in it, and no bot at work."""
    async with open_telegram(database_url) as opened:
        yield opened


@pytest.fixture
async def house(database_url: str) -> AsyncIterator[House]:
    """The small clinic without a Telegram, on Monday, 23 November 2026, at 10:00 in Warsaw."""
    async with open_house(database_url, StandingClock()) as opened:
        yield opened
