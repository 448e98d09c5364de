from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.core.house import House, open_house
from tests.stage.stage import StandingClock


@pytest.fixture
async def house(database_file: Path) -> AsyncIterator[House]:
    """The small clinic on Monday, 23 November 2026, at 10:00 in Warsaw."""
    async with open_house(database_file, StandingClock()) as opened:
        yield opened
