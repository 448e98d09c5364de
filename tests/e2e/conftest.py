"""A browser and a town for the tests of the chat page."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest_asyncio

from tests.e2e.group_hand import open_ward
from tests.e2e.page_hand import open_chromium, open_town

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from playwright.async_api import Browser

    from tests.e2e.group_hand import Ward
    from tests.e2e.page_hand import Town


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def chromium_at_work() -> AsyncIterator[Browser]:
    """One browser for all tests of a process; each test has windows of its own."""
    async with open_chromium() as browser:
        yield browser


@pytest_asyncio.fixture(loop_scope="session")
async def chromium(chromium_at_work: Browser) -> AsyncIterator[Browser]:
    yield chromium_at_work
    for context in chromium_at_work.contexts:
        await context.close()


@pytest_asyncio.fixture(loop_scope="session")
async def town() -> AsyncIterator[Town]:
    async with open_town() as opened:
        yield opened


@pytest_asyncio.fixture(loop_scope="session")
async def ward(town: Town) -> Ward:
    return await open_ward(town)
