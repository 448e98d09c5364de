from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.core.house import House, open_house
from tests.stage.stage import Stage, StandingClock, open_telegram


@pytest.fixture
async def house(database_file: Path) -> AsyncIterator[House]:
    """The small clinic on Monday, 23 November 2026, at 10:00 in Warsaw."""
    async with open_house(database_file, StandingClock()) as opened:
        yield opened


@pytest.fixture
async def telegram(database_file: Path) -> AsyncIterator[Stage]:
    """A Telegram with the small clinic's people in it, and no bot at work."""
    async with open_telegram(database_file) as stage:
        yield stage
