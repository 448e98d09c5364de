from collections.abc import AsyncIterator

import pytest

from tests.bot.intake.desk import HastyClock
from tests.stage.house import House, open_house
from tests.stage.memory import ENGINES


@pytest.fixture(params=ENGINES)
def engine(request: pytest.FixtureRequest) -> str:
    """Updates are stored and worked on the same way on both."""
    name: str = request.param
    return name


@pytest.fixture
async def house(database_url: str) -> AsyncIterator[House]:
    async with open_house(database_url, HastyClock()) as opened:
        yield opened
