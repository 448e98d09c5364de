"""A browser and a town for the tests of the chat page."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.e2e.group_hand import open_ward
from tests.e2e.page_hand import open_chromium, open_town

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from playwright.async_api import Browser

    from tests.e2e.group_hand import Ward
    from tests.e2e.page_hand import Town


@pytest.fixture
async def chromium() -> AsyncIterator[Browser]:
    async with open_chromium() as browser:
        yield browser


@pytest.fixture
async def town() -> AsyncIterator[Town]:
    async with open_town() as opened:
        yield opened


@pytest.fixture
async def ward(town: Town) -> Ward:
    return await open_ward(town)
