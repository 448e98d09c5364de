"""The webhook before the real door: what is refused is nowhere in the database, and what is taken is there once."""

import json
from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiogram.fsm.context import FSMContext
from aiogram.types import Message

from bot.intake.webhook import webhook_routes
from bot.pulse import Pulse
from bot.web import open_web
from tests.bot.intake.caller import KNOWN, WEBHOOK, asks, post
from tests.bot.intake.desk import Desk, Reader, desk_with
from tests.stage.house import House
from tests.stage.small_clinic import MARIA
from tests.stage.stage import Stage

NO_CHATS: dict[str, Any] = {
    "a message of null": {"message": None},
    "a message of words": {"message": "hello"},
    "no chat": {"message": {"text": "Tulip"}},
    "a chat of null": {"message": {"chat": None}},
    "a chat in a list": {"message": {"chat": [1001]}},
    "a chat without a number": {"message": {"chat": {"type": "private"}}},
    "a chat by its name": {"message": {"chat": {"id": "1001"}}},
    "a chat that is true": {"message": {"chat": {"id": True}}},
    "half a chat": {"message": {"chat": {"id": 1001.5}}},
    "a chat beyond 64 bits": {"message": {"chat": {"id": 2**63}}},
    "a tap by nobody": {"callback_query": {"id": "1", "data": "menu"}},
    "a tap in no chat": {"callback_query": {"id": "1", "message": {"chat": {}}, "from": {"id": 1001}}},
    "a member of nothing": {"my_chat_member": {"chat": {}}},
}
OTHERS: dict[str, Any] = {
    "nothing more": {},
    "a kind that nobody knows": {"brand_new": {"chat": "none"}},
    "a NUL and half a surrogate": {"message": {"chat": {"id": 1001}, "text": "a\x00b\ud800c"}},
    "a number beyond 64 bits, elsewhere": {"message": {"chat": {"id": 1001}, "date": 2**70}},
}


@pytest.fixture
def reader() -> Reader:
    return Reader()


@pytest.fixture
async def desk(house: House, telegram: Stage, reader: Reader) -> AsyncIterator[Desk]:
    async def handler(message: Message, state: FSMContext) -> None:
        reader.note(message.text)

    async with desk_with(house, telegram, handler) as opened:
        yield opened


@pytest.fixture
async def address(desk: Desk) -> AsyncIterator[str]:
    routes = webhook_routes(WEBHOOK, desk.door.let_in, Pulse(polls=False))
    async with open_web("127.0.0.1:0", routes) as opened:
        yield opened


async def posts(address: str, update: dict[str, Any], *fields: bytes) -> int:
    status, said = await asks(address, post(json.dumps(update).encode(), *fields))
    assert said == b""
    return status


async def test_a_chat_that_is_none_is_refused_and_leaves_no_trace(
    address: str, house: House, caplog: pytest.LogCaptureFixture
) -> None:
    told = {name: await posts(address, {"update_id": 7, **strange}) for name, strange in NO_CHATS.items()}
    assert told == dict.fromkeys(NO_CHATS, 400)
    assert (house.rows("SELECT * FROM inbox"), caplog.records) == ([], [])


async def test_what_nobody_understands_today_is_stored_all_the_same(address: str, house: House) -> None:
    for number, (name, strange) in enumerate(OTHERS.items()):
        assert (name, await posts(address, {"update_id": number, **strange})) == (name, 200)
    assert house.rows("SELECT key FROM inbox ORDER BY number") == [(f"7:{number}",) for number in range(len(OTHERS))]


async def test_an_update_that_comes_twice_is_worked_on_once(
    address: str, desk: Desk, house: House, reader: Reader
) -> None:
    first, last = desk.said(MARIA, "first", "last")
    async with desk.at_work():
        assert [await posts(address, update) for update in (first, first, last, first)] == [200] * 4
        await reader.finished.wait()
    assert reader.read == ["first", "last"]
    assert house.rows("SELECT state FROM inbox") == [("done",), ("done",)]


async def test_a_stranger_changes_nothing(address: str, desk: Desk, house: House) -> None:
    (update,) = desk.said(MARIA, "first")
    assert await posts(address, update, KNOWN + b"x") == 403
    assert house.rows("SELECT * FROM inbox") == []
