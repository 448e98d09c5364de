"""What goes wrong at work: outages are waited out, crashes are tried five times, and nobody is left waiting."""

import json
from typing import Any

import pytest
from aiogram.fsm.context import FSMContext
from aiogram.types import Message

from core.intake.update import MOST_TRIES
from tests.bot.intake.desk import SEAL, Reader, desk_with
from tests.stage.house import House
from tests.stage.small_clinic import MARIA
from tests.stage.stage import Stage

SORRY = "There was a problem on our side."


async def test_after_five_crashes_an_update_is_set_aside_and_the_person_told(house: House, telegram: Stage) -> None:
    reader, tries = Reader(), []

    async def handler(message: Message, state: FSMContext) -> None:
        if message.text == "Tulip-1!":
            tries.append(message.text)
            raise RuntimeError("something unheard of")
        reader.note(message.text)

    async with desk_with(house, telegram, handler) as desk:
        await desk.receives(MARIA, "Tulip-1!", "last")
        async with desk.at_work():
            await reader.finished.wait()
            await telegram.phone(MARIA).reads(SORRY, "+48 22 123 45 67")
    assert len(tries) == MOST_TRIES == 5
    state, payload, sealed = house.row("SELECT state, payload, sealed FROM inbox WHERE key = '7:1'")
    assert (state, payload) == ("set_aside", None)
    assert json.loads(SEAL.open(sealed, "inbox/7:1"))["message"]["text"] == "Tulip-1!"
    assert b"Tulip" not in sealed
    assert len(await telegram.calls("sendMessage")) == 1


async def test_nobody_is_left_waiting_when_even_the_apology_fails(house: House, telegram: Stage) -> None:
    reader = Reader()

    async def handler(message: Message, state: FSMContext) -> None:
        if message.text == "1":
            raise RuntimeError
        reader.note(message.text)

    async with desk_with(house, telegram, handler) as desk:
        await telegram.fault("sendMessage", "error", code=500)
        await desk.receives(MARIA, "1", "last")
        async with desk.at_work():
            await reader.finished.wait()
    assert house.rows("SELECT state FROM inbox ORDER BY number") == [("set_aside",), ("done",)]


OUTAGES: list[dict[str, Any]] = [
    {"kind": "error", "retry_after": 3},
    {"kind": "error", "code": 500},
    {"kind": "html502"},
    {"kind": "timeout_before"},
]


@pytest.mark.parametrize("outage", OUTAGES, ids=lambda outage: "-".join(str(word) for word in outage.values()))
async def test_an_outage_is_waited_out_and_is_no_try(house: House, telegram: Stage, outage: dict[str, Any]) -> None:
    reader = Reader()

    async def handler(message: Message, state: FSMContext) -> None:
        await message.answer("hello")
        reader.note(message.text)

    async with desk_with(house, telegram, handler) as desk:
        await telegram.fault("sendMessage", times=MOST_TRIES + 2, **outage)
        await desk.receives(MARIA, "last")
        async with desk.at_work():
            await reader.finished.wait()
    assert house.row("SELECT state, tries FROM inbox") == ("done", 0)
    assert [message.text for message in await telegram.phone(MARIA).messages()] == ["hello"]


async def test_somebody_who_blocks_the_bot_is_noted_and_their_update_done(house: House, telegram: Stage) -> None:
    reader = Reader()

    async def handler(message: Message, state: FSMContext) -> None:
        reader.note(message.text)
        await message.answer("hello")

    async with desk_with(house, telegram, handler) as desk:
        await telegram.phone(MARIA).blocks()
        await desk.receives(MARIA, "last")
        async with desk.at_work():
            await reader.finished.wait()
    assert house.row("SELECT state, tries FROM inbox") == ("done", 0)
    assert house.row("SELECT reachable FROM channels WHERE chat_id = 1001") == (0,)


async def test_what_telegram_sent_in_no_known_shape_is_set_aside(house: House, telegram: Stage) -> None:
    reader = Reader()

    async def handler(message: Message, state: FSMContext) -> None:
        reader.note(message.text)

    async with desk_with(house, telegram, handler) as desk:
        odd = {"update_id": 900, "message": {"chat": {"id": MARIA.chat}, "text": "Tulip-1!"}}
        await desk.door.let_in([odd])
        await desk.receives(MARIA, "last")
        async with desk.at_work():
            await reader.finished.wait()
    assert house.rows("SELECT state, tries FROM inbox ORDER BY number") == [("set_aside", 0), ("done", 0)]
