"""Stored updates at work: a chat's in order, chats side by side, each together with its form."""

import asyncio

from aiogram.exceptions import TelegramRetryAfter
from aiogram.fsm.context import FSMContext
from aiogram.methods import SendMessage
from aiogram.types import Message

from tests.bot.intake.desk import Reader, desk_with
from tests.stage.house import House
from tests.stage.small_clinic import MARIA, PAOLO
from tests.stage.stage import Stage


async def test_a_chat_is_read_in_order(house: House, telegram: Stage) -> None:
    reader = Reader()

    async def handler(message: Message, state: FSMContext) -> None:
        reader.note(message.text)

    async with desk_with(house, telegram, handler) as desk:
        await desk.receives(MARIA, "1", "2", "3", "4", "last")
        async with desk.at_work():
            await reader.finished.wait()
    assert reader.read == ["1", "2", "3", "4", "last"]
    assert house.rows("SELECT DISTINCT state, CAST(payload AS TEXT), tries FROM inbox") == [("done", None, 0)]


async def test_chats_are_read_side_by_side(house: House, telegram: Stage) -> None:
    paolo_came, maria_heard = asyncio.Event(), asyncio.Event()

    async def handler(message: Message, state: FSMContext) -> None:
        if message.chat.id == PAOLO.chat:
            paolo_came.set()
        else:
            await paolo_came.wait()
            maria_heard.set()

    async with desk_with(house, telegram, handler) as desk:
        await desk.receives(MARIA, "first")
        await desk.receives(PAOLO, "second")
        async with desk.at_work():
            await maria_heard.wait()


async def test_one_who_has_to_wait_holds_up_nobody_else(house: House, telegram: Stage) -> None:
    reader, told = Reader(), asyncio.Event()

    async def handler(message: Message, state: FSMContext) -> None:
        if message.text == "1" and not told.is_set():
            told.set()
            raise TelegramRetryAfter(SendMessage(chat_id=1, text=""), "Too Many Requests", 20_000)
        reader.note(message.text)

    async with desk_with(house, telegram, handler) as desk:
        await desk.receives(MARIA, "1", "2", "last")
        await desk.receives(PAOLO, "his")
        async with desk.at_work():
            await reader.finished.wait()
    assert reader.read == ["his", "1", "2", "last"]


async def test_a_form_is_there_for_the_next_update(house: House, telegram: Stage) -> None:
    reader = Reader("{'typed': ['1', '2']}")

    async def handler(message: Message, state: FSMContext) -> None:
        data = await state.get_data()
        reader.note(str(data))
        await state.set_data({"typed": [*data.get("typed", []), message.text]})

    async with desk_with(house, telegram, handler) as desk:
        await desk.receives(MARIA, "1", "2", "3")
        async with desk.at_work():
            await reader.finished.wait()
    assert reader.read == ["{}", "{'typed': ['1']}", "{'typed': ['1', '2']}"]


async def test_a_crash_takes_its_half_filled_form_along(house: House, telegram: Stage) -> None:
    reader, crashed = Reader("{}"), asyncio.Event()

    async def handler(message: Message, state: FSMContext) -> None:
        if not crashed.is_set():
            crashed.set()
            await state.set_data({"half": "filled"})
            raise RuntimeError
        reader.note(str(await state.get_data()))

    async with desk_with(house, telegram, handler) as desk:
        await desk.receives(MARIA, "1")
        async with desk.at_work():
            await reader.finished.wait()
    assert house.row("SELECT state, tries FROM inbox") == ("done", 1)


async def test_what_is_at_work_when_the_desk_closes_is_finished(house: House, telegram: Stage) -> None:
    begun, go_on = asyncio.Event(), asyncio.Event()

    async def handler(message: Message, state: FSMContext) -> None:
        begun.set()
        await go_on.wait()

    async with desk_with(house, telegram, handler) as desk:
        await desk.receives(MARIA, "1", "2")
        async with desk.at_work():
            await begun.wait()
            desk.worker.stop()
            go_on.set()
    assert house.rows("SELECT state FROM inbox ORDER BY number") == [("done",), ("waiting",)]
