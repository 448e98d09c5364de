"""The database goes away between an answer and its "done": only the writing is repeated, and each is answered once."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager

import pytest
from aiogram.fsm.context import FSMContext
from aiogram.types import Message
from structlog.testing import capture_logs

from core.storage import pen
from tests.bot.intake.desk import HastyClock, Reader, desk_with
from tests.peers.postgresql import Cluster, cluster
from tests.peers.sqlite_locker import pen_of
from tests.stage.house import House, open_house
from tests.stage.overheard import is_logged
from tests.stage.small_clinic import MARIA
from tests.stage.stage import Stage, furnish_database

Outage = Callable[[], AbstractAsyncContextManager[None]]


@asynccontextmanager
async def stopped(server: Cluster) -> AsyncIterator[None]:
    await server.stops_at_once()
    yield
    await server.starts()


async def answers_once(house: House, telegram: Stage, outage: Outage) -> None:
    """It goes away when the first message has been answered, and comes back when that could not be written once."""
    reader, over = Reader(), AsyncExitStack()

    async def handler(message: Message, state: FSMContext) -> None:
        await state.update_data(heard=[*(await state.get_data()).get("heard", []), message.text])
        await message.answer(f"heard: {message.text}")
        if message.text == "first":
            await over.enter_async_context(outage())
        reader.note(message.text)

    with capture_logs() as logs:
        async with desk_with(house, telegram, handler) as desk:
            await desk.receives(MARIA, "first", "second", "last")
            async with desk.at_work():
                await is_logged(logs, "update.unwritten")
                await over.aclose()
                await reader.finished.wait()
    assert reader.read == ["first", "second", "last"]
    answers = [message.text for message in await telegram.phone(MARIA).messages()]
    assert answers == ["heard: first", "heard: second", "heard: last"]
    assert house.rows("SELECT state, tries FROM inbox ORDER BY number") == [("done", 0)] * 3
    assert house.row("SELECT CAST(content AS TEXT) FROM forms") == ('{"heard": ["first", "second", "last"]}',)


@pytest.mark.parametrize("engine", ["sqlite"])
async def test_sqlite_is_held_by_another_program(
    house: House, telegram: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pen, "BUSY_SECONDS", 0.1)
    await answers_once(house, telegram, lambda: pen_of(house.database_url))


@pytest.mark.parametrize("engine", ["postgresql"])
async def test_postgresql_stops(telegram: Stage) -> None:
    async with cluster() as server:
        await asyncio.to_thread(furnish_database, server.url)
        async with open_house(server.url, HastyClock()) as house:
            await answers_once(house, telegram, lambda: stopped(server))
