from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.bot.intake.desk import HastyClock
from tests.stage.house import House, open_house


@pytest.fixture
async def house(database_file: Path) -> AsyncIterator[House]:
    async with open_house(database_file, HastyClock()) as opened:
        yield opened
