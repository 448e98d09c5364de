"""A worker with one handler, in front of a real Telegram; and a reader who notes what is read."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from typing import Any

from aiogram import Bot, Dispatcher
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.fsm.context import FSMContext
from aiogram.fsm.storage.memory import DisabledEventIsolation
from aiogram.types import Message

from bot.intake.attempt import Attempt
from bot.intake.door import Door
from bot.intake.forms import FormStorage
from bot.intake.give_up import GiveUp
from bot.intake.worker import Worker
from bot.metrics import Metrics
from bot.session import PacedCalls
from bot.shared.doorbell import NoDoorbell
from core.intake.seat import Seat
from core.seal import Seal
from locales.translator import load_translators
from tests.core.known_bot import make_known
from tests.core.open_pace import OpenPace
from tests.stage.house import House
from tests.stage.small_clinic import MARIA, PAOLO, Somebody
from tests.stage.stage import TOKEN, Stage, StandingClock

PATIENCE_SECONDS = 20
SEAL = Seal("secret")
Handler = Callable[[Message, FSMContext], Awaitable[Any]]


class HastyClock(StandingClock):
    """An hour later at every look: whatever was postponed is due at once."""

    def now(self) -> datetime:
        self.moment += timedelta(hours=1)
        return self.moment


class Desk:
    """A worker with one handler, in front of a real Telegram."""

    def __init__(self, house: House, telegram: Stage, handler: Handler) -> None:
        self.house, self.telegram = house, telegram
        self.session = AiohttpSession(api=TelegramAPIServer.from_base(telegram.telegram.url))
        self.session.middleware(PacedCalls(OpenPace()))
        self.bot = Bot(TOKEN, session=self.session)
        self._numbers = iter(range(1, 1000))
        dispatcher = Dispatcher(storage=FormStorage(), events_isolation=DisabledEventIsolation())
        dispatcher.message.register(handler)
        give_up = GiveUp(house.clinic, self.bot, SEAL, load_translators())
        self.seat = Seat(house.clinic)
        self.replicas: list[int] = []
        attempt = Attempt(house.clinic, dispatcher, self.bot, give_up, Metrics())
        self.worker = Worker(house.clinic, attempt, self.seat, self.replicas.append)
        self.door = Door(house.clinic, 7, self.seat, self.worker, NoDoorbell())

    async def receives(self, somebody: Somebody, *texts: str) -> None:
        """Through the door, as any messages."""
        await self.door.let_in(self.said(somebody, *texts))

    def said(self, somebody: Somebody, *texts: str) -> list[dict[str, Any]]:
        user = {"id": somebody.chat, "is_bot": False, "first_name": "Somebody"}
        chat = {"id": somebody.chat, "type": "private"}
        messages = [{"message_id": 1, "date": 0, "chat": chat, "from": user, "text": text} for text in texts]
        return [{"update_id": next(self._numbers), "message": message} for message in messages]

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
    await make_known(telegram)
    for somebody in (MARIA, PAOLO):
        await telegram.phone(somebody).says("/start")
        await house.lets_in(somebody)
    desk = Desk(house, telegram, handler)
    try:
        yield desk
    finally:
        await desk.seat.leave()
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
