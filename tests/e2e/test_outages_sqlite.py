"""SQLite's disk is full, or somebody else has its pen: updates wait, nobody is told lies, and then all is done."""

import asyncio
import shutil
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from sqlalchemy import make_url

from core.storage import pen
from tests.e2e.outages import balances, booked, more_are_booked, people_who_book
from tests.e2e.test_kills import chooses_a_time
from tests.peers.small_disk import SmallDisk, small_disk
from tests.peers.sqlite_locker import pen_of
from tests.stage.memory import sqlite_at
from tests.stage.patient import PATIENCE_SECONDS
from tests.stage.record import BOT
from tests.stage.small_clinic import MARIA
from tests.stage.stage import Stage, open_stage

pytestmark = pytest.mark.timeout(300)
VISITS = 2
HELD_SECONDS = 3


@pytest.fixture
def disk() -> Iterator[SmallDisk]:
    with small_disk() as mounted:
        yield mounted


@pytest.fixture
async def stage_on_disk(disk: SmallDisk, furnished_sqlite: str) -> AsyncIterator[Stage]:
    file = shutil.copy(make_url(furnished_sqlite).database or "", disk.folder / "reception.db")
    async with open_stage(sqlite_at(Path(file))) as opened:
        yield opened


async def is_fetched_again(stage: Stage) -> None:
    """Wait until the bot has asked for its newest update twice: it could not keep it the first time."""
    async with asyncio.timeout(PATIENCE_SECONDS):
        while (await newest_update(stage))["deliveries"] < 2:  # noqa: ASYNC110 - the bot
            await asyncio.sleep(0.02)


async def newest_update(stage: Stage) -> dict[str, Any]:
    query = {"bot": str(BOT), "limit": "1"}
    async with aiohttp.ClientSession() as http, http.get(f"{stage.telegram.url}/sim/updates", params=query) as response:
        [newest] = (await response.json())["updates"]
        return dict(newest)


async def test_on_a_full_disk_a_booking_waits_and_is_made_when_there_is_room(
    stage_on_disk: Stage, disk: SmallDisk
) -> None:
    stage = stage_on_disk
    phone = await stage.logged_in(MARIA)
    await chooses_a_time(phone)
    await stage.is_quiet()
    before = await phone.chat_text()
    disk.is_full()
    await phone.presses("Confirm the booking", wait=0)
    await is_fetched_again(stage)
    assert (await phone.chat_text(), booked(stage)) == (before, 0)

    disk.has_room()

    await phone.reads("Your visit is booked.", "Open the visit")
    await balances(stage, 0)
    assert booked(stage) == 1


async def test_bookings_go_on_over_a_disk_that_is_full_for_a_while(stage_on_disk: Stage, disk: SmallDisk) -> None:
    async with people_who_book(stage_on_disk, VISITS):
        await more_are_booked(stage_on_disk)
        disk.is_full()
        await is_fetched_again(stage_on_disk)
        disk.has_room()
    await balances(stage_on_disk, 1)


@pytest.mark.parametrize("patience", [0, 10])
async def test_bookings_go_on_while_another_program_holds_the_pen(
    database_url: str, patience: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whether the desk waits for the pen, or is refused at once and has to come again."""
    monkeypatch.setattr(pen, "BUSY_SECONDS", patience)
    async with open_stage(database_url) as stage:
        async with people_who_book(stage, VISITS):
            await more_are_booked(stage)
            async with pen_of(database_url):
                await asyncio.sleep(HELD_SECONDS)
        await balances(stage, 1)
