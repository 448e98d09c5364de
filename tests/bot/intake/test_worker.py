"""Stored updates at work: in order, side by side, tried again, set aside, and finished once."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from aiogram import Bot, Dispatcher
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import TelegramRetryAfter
from aiogram.fsm.context import FSMContext
from aiogram.fsm.storage.memory import DisabledEventIsolation
from aiogram.methods import SendMessage
from aiogram.types import Message

from bot.intake.arrivals import arrival
from bot.intake.forms import FormStorage
from bot.intake.give_up import GiveUp
from bot.intake.worker import Worker
from core.intake.receive_updates import receive_updates
from core.intake.seal import Seal
from core.intake.update import MOST_TRIES
from locales.translator import load_translators
from tests.core.house import House, open_house
from tests.stage.small_clinic import MARIA, PAOLO, Somebody
from tests.stage.stage import TOKEN, Stage, StandingClock

PATIENCE_SECONDS = 20
SEAL = Seal("secret")
SORRY = "There was a problem on our side."
Handler = Callable[[Message, FSMContext], Awaitable[Any]]


class HastyClock(StandingClock):
    """An hour later at every look: whatever was postponed is due at once."""

    def now(self) -> datetime:
        self.moment += timedelta(hours=1)
        return self.moment


@pytest.fixture
async def house(database_file: Path) -> AsyncIterator[House]:
    async with open_house(database_file, HastyClock()) as opened:
        yield opened


class Desk:
    """A worker with one handler, in front of a real Telegram."""

    def __init__(self, house: House, telegram: Stage, handler: Handler) -> None:
        self.house, self.telegram = house, telegram
        self.session = AiohttpSession(api=TelegramAPIServer.from_base(telegram.telegram.url))
        self.bot = Bot(TOKEN, session=self.session)
        self._numbers = iter(range(1, 1000))
        dispatcher = Dispatcher(storage=FormStorage(), events_isolation=DisabledEventIsolation())
        dispatcher.message.register(handler)
        give_up = GiveUp(house.clinic, self.bot, SEAL, load_translators())
        self.worker = Worker(house.clinic, dispatcher, self.bot, give_up)

    async def receives(self, somebody: Somebody, *texts: str) -> None:
        user = {"id": somebody.chat, "is_bot": False, "first_name": "Somebody"}
        chat = {"id": somebody.chat, "type": "private"}
        messages = [{"message_id": 1, "date": 0, "chat": chat, "from": user, "text": text} for text in texts]
        raw = [{"update_id": next(self._numbers), "message": message} for message in messages]
        await self.house.clinic(receive_updates, tuple(arrival(7, update) for update in raw))
        self.worker.wake()

    @asynccontextmanager
    async def at_work(self) -> AsyncIterator[None]:
        """Working until the block ends; then everything at hand is finished."""
        async with asyncio.timeout(PATIENCE_SECONDS), asyncio.TaskGroup() as tasks:
            tasks.create_task(self.worker.run())
            try:
                yield
            finally:
                self.worker.stop()


@asynccontextmanager
async def desk_with(house: House, telegram: Stage, handler: Handler) -> AsyncIterator[Desk]:
    """Maria and Paolo have written to the bot before."""
    telegram.telegram.world.bots.of_token(TOKEN)
    for somebody in (MARIA, PAOLO):
        await telegram.phone(somebody).says("/start")
        await house.lets_in(somebody)
    desk = Desk(house, telegram, handler)
    try:
        yield desk
    finally:
        await desk.session.close()


class Reader:
    """Reads what comes, and knows when it has read the last."""

    def __init__(self, last: str = "last") -> None:
        self.read: list[str] = []
        self.finished = asyncio.Event()
        self._last = last

    def note(self, text: str | None) -> None:
        self.read.append(text or "")
        if text == self._last:
            self.finished.set()


async def test_a_chat_is_read_in_order(house: House, telegram: Stage) -> None:
    reader = Reader()

    async def handler(message: Message, state: FSMContext) -> None:
        reader.note(message.text)

    async with desk_with(house, telegram, handler) as desk:
        await desk.receives(MARIA, "1", "2", "3", "4", "last")
        async with desk.at_work():
            await reader.finished.wait()
    assert reader.read == ["1", "2", "3", "4", "last"]
    assert house.rows("SELECT DISTINCT state, payload, tries FROM inbox") == [("done", None, 0)]


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
    reader, told = Reader(), []

    async def handler(message: Message, state: FSMContext) -> None:
        if message.text == "1" and not told:
            told.append("wait")
            raise TelegramRetryAfter(SendMessage(chat_id=1, text=""), "Too Many Requests", 900_000)
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
    reader, crashed = Reader("{}"), []

    async def handler(message: Message, state: FSMContext) -> None:
        if not crashed:
            crashed.append("once")
            await state.set_data({"half": "filled"})
            raise RuntimeError
        reader.note(str(await state.get_data()))

    async with desk_with(house, telegram, handler) as desk:
        await desk.receives(MARIA, "1")
        async with desk.at_work():
            await reader.finished.wait()
    assert house.row("SELECT state, tries FROM inbox") == ("done", 1)


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
        await house.clinic(receive_updates, (arrival(7, odd),))
        await desk.receives(MARIA, "last")
        async with desk.at_work():
            await reader.finished.wait()
    assert house.rows("SELECT state, tries FROM inbox ORDER BY number") == [("set_aside", 4), ("done", 0)]


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
