"""A worker among others: it works on for whoever is gone, and on nothing that somebody else has in hand."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from aiogram.fsm.context import FSMContext
from aiogram.types import Message

from core.intake.finish_update import finish_update
from core.intake.seat import Seat
from core.intake.take_updates import take_updates
from tests.bot.intake.desk import Reader, desk_with
from tests.stage.house import House, open_house
from tests.stage.small_clinic import MARIA, PAOLO
from tests.stage.stage import Stage, StandingClock


@pytest.fixture
async def house(database_url: str) -> AsyncIterator[House]:
    """By a clock that stands: no lease ends while somebody works."""
    async with open_house(database_url, StandingClock()) as opened:
        yield opened


async def test_what_a_dead_process_left_is_worked_on_in_order(house: House, telegram: Stage) -> None:
    reader = Reader()

    async def handler(message: Message, state: FSMContext) -> None:
        reader.note(message.text)

    async with desk_with(house, telegram, handler) as desk:
        await desk.receives(MARIA, "1", "2", "3", "last")
        assert [job.key for job in await house.clinic(take_updates, 3, 1)] == ["7:1"]
        async with desk.at_work():
            await reader.finished.wait()
    assert reader.read == ["1", "2", "3", "last"]
    assert house.rows("SELECT DISTINCT state FROM inbox") == [("done",)]
    assert desk.replicas[-1] == 1


async def test_what_the_living_have_in_hand_is_waited_for(house: House, telegram: Stage) -> None:
    reader, his = Reader("her second"), asyncio.Event()

    async def handler(message: Message, state: FSMContext) -> None:
        reader.note(message.text)
        if message.text == "his":
            his.set()

    async with desk_with(house, telegram, handler) as desk, open_house(house.database_url, house.clock) as theirs:
        await desk.seat.sit()
        their_seat = Seat(theirs.clinic)
        assert await their_seat.sit() == 1
        await desk.receives(MARIA, "her first")
        await theirs.clinic(take_updates, 1, 1)
        await desk.receives(MARIA, "her second")
        await desk.receives(PAOLO, "his")
        async with desk.at_work():
            await his.wait()
            assert reader.read == ["his"]
            await theirs.clinic(finish_update, "7:1", 1, {}, None, False)
            desk.worker.wake()
            await reader.finished.wait()
        await their_seat.leave()
    assert reader.read == ["his", "her second"]


async def test_what_another_finished_meanwhile_stays_as_it_is(house: House, telegram: Stage) -> None:
    reader, begun, go_on = Reader(), asyncio.Event(), asyncio.Event()

    async def handler(message: Message, state: FSMContext) -> None:
        if message.text == "1":
            begun.set()
            await go_on.wait()
            await state.set_data({"whose": "ours"})
        else:
            reader.note(str(await state.get_data()))
            reader.note(message.text)

    async with desk_with(house, telegram, handler) as desk:
        await desk.receives(MARIA, "1", "last")
        async with desk.at_work():
            await begun.wait()
            await house.clinic(finish_update, "7:1", 0, {"default:data": '{"whose": "theirs"}'}, None, False)
            go_on.set()
            await reader.finished.wait()
    assert reader.read == ["{'whose': 'theirs'}", "last"]
