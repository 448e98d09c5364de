"""The whole product on one stage: a Telegram, a clinic, a bot, and people with phones."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any, Final

import aiohttp
from pydantic import SecretStr

from bot.settings import Settings
from core.clinic import Clinic
from core.facility.read_profile import read_profile
from core.identity.hasher import Hasher
from core.identity.person import CLOCKWORK
from core.storage.database import Database
from core.storage.migrate import migrate
from core.visits.book_visit import book_visit
from core.visits.doctor import Doctor
from core.visits.questions import free_slots
from core.visits.visit import VisitId
from main import MovableClock, open_clinic, open_desk
from sandbox.app import Sandbox, serve
from sandbox.world import World
from tests.stage.patient import Phone
from tests.stage.small_clinic import CHEAP, EVERYBODY, EYES, HEART, KRUK, MONDAY, Somebody, furnish
from tests.stage.voice import speech_in

TOKEN: Final = "100200300:" + "T" * 35
FACILITY: Final = Path(__file__).parent.parent.parent / "facilities" / "diamed.toml"


class StandingClock:
    """Stands still until it is told otherwise."""

    def __init__(self, moment: datetime = MONDAY) -> None:
        self.moment = moment

    def now(self) -> datetime:
        return self.moment


def settings_for(file: Path, telegram: str) -> Settings:
    return Settings.model_construct(
        bot_token=SecretStr(TOKEN),
        bot_api_url=telegram,
        facility="diamed",
        database_url=f"sqlite:///{file}",
        secret_key=SecretStr("a secret of the tests"),
        clock_url=f"{telegram}/sim/clock/listen",
        log_level="WARNING",
    )


def furnished_database(file: Path) -> Path:
    """The small clinic in a new database."""

    async def make() -> None:
        database = Database.at(f"sqlite:///{file}")
        await migrate(database)
        clinic = Clinic(database, read_profile(FACILITY), StandingClock(), Random(1), CLOCKWORK)
        await clinic(furnish)
        await database.close()

    asyncio.run(make())
    return file


class Stage:
    """A Telegram with people in it, and the clinic's own memory for tests that must look there."""

    def __init__(self, telegram: Sandbox, world: World, http: aiohttp.ClientSession, file: Path) -> None:
        self.telegram = telegram
        self.file = file
        self._world = world
        self._http = http
        self._clinic: Clinic | None = None

    @property
    def clinic(self) -> Clinic:
        """The clinic acting as the clockwork, where the bot is at work in this process."""
        assert self._clinic is not None
        return self._clinic

    @clinic.setter
    def clinic(self, clinic: Clinic) -> None:
        self._clinic = clinic.clockwork

    def phone(self, somebody: Somebody | int) -> Phone:
        return Phone(self._http, self.telegram.url, somebody if isinstance(somebody, int) else somebody.chat)

    async def logged_in(self, somebody: Somebody, on: Somebody | None = None) -> Phone:
        """The phone of somebody who has just logged in (or another's phone), with the menu on it."""
        owner = on or somebody
        phone, say = self.phone(owner), speech_in(owner.language).say
        await phone.says("/start")
        await phone.sees(say("Log in"))
        await phone.presses(say("Log in"))
        await phone.says(somebody.login)
        await phone.sees(somebody.login)
        await phone.says(somebody.password)
        await phone.sees(say("Book a visit"), say("Planned visits"))
        return phone

    async def books(self, somebody: Somebody, doctor: Doctor, at: datetime) -> VisitId:
        """Somebody has this visit, however it was booked."""
        clinic = self.clinic.acting_as(somebody.person)
        place = HEART if doctor is KRUK else EYES
        slots = await clinic.read(free_slots, place.id, doctor.id, at.date())
        return await clinic(book_visit, next(slot.id for slot in slots if slot.starts_at == at))

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """What the bot's database holds."""
        with sqlite3.connect(self.file) as database:
            return database.execute(query).fetchall()

    async def writes(self, change: str, values: list[tuple[Any, ...]]) -> None:
        """Change the bot's database behind its back; in a thread, since the bot must be able to end what it began."""

        def write() -> None:
            with sqlite3.connect(self.file) as database:
                database.executemany(change, values)

        await asyncio.to_thread(write)

    def arrives(self, kind: str, update: dict[str, Any]) -> None:
        """An update that no hand in the sandbox could cause: from a group, or with what Telegram would not pass."""
        (bot,) = self._world.bots.by_id.values()
        bot.updates.put(kind, update)

    async def is_quiet(self) -> None:
        """Wait until the bot has heard everything and worked on it."""
        (bot,) = self._world.bots.by_id.values()
        while len(bot.updates) or self.rows("SELECT 1 FROM inbox WHERE payload IS NOT NULL"):  # noqa: ASYNC110 - another process
            await asyncio.sleep(0.01)

    async def move_clock(self, **by: float) -> None:
        """Move everybody's clock forward; the bot has heard of it afterwards."""
        await self.post("clock", {"advance": timedelta(**by).total_seconds()})

    async def set_clock(self, moment: datetime) -> None:
        await self.post("clock", {"set": moment.isoformat()})

    async def fault(self, method: str, kind: str, **more: Any) -> None:
        await self.post("faults", {"method": method, "kind": kind, **more})

    async def calls(self, method: str, chat: int | None = None) -> list[dict[str, Any]]:
        """What the bot called, in order."""
        query = {"method": method, **({} if chat is None else {"chat": str(chat)})}
        async with self._http.get(f"{self.telegram.url}/sim/log", params=query) as response:
            calls: list[dict[str, Any]] = (await response.json())["calls"]
            return calls

    async def post(self, call: str, body: dict[str, Any]) -> Any:
        async with self._http.post(f"{self.telegram.url}/sim/{call}", json=body) as response:
            answer = await response.json()
            assert response.status == 200, answer
            return answer


@asynccontextmanager
async def open_telegram(file: Path, moment: datetime = MONDAY) -> AsyncIterator[Stage]:
    """The stage without a bot on it."""
    world = World()
    telegram = await serve(world=world)
    async with aiohttp.ClientSession() as http:
        stage = Stage(telegram, world, http, file)
        await stage.set_clock(moment)
        people = [{"id": who.chat, "first_name": who.first_name, "language_code": who.language} for who in EVERYBODY]
        await stage.post("people", {"people": people})
        try:
            yield stage
        finally:
            await telegram.close()


@asynccontextmanager
async def open_stage(file: Path, moment: datetime = MONDAY) -> AsyncIterator[Stage]:
    """The stage with the bot at work in this process."""
    async with open_telegram(file, moment) as stage:
        settings, clock = settings_for(file, stage.telegram.url), MovableClock()
        async with open_clinic(settings, clock) as clinic, open_desk(settings, clinic, clock, Hasher(CHEAP)):
            stage.clinic = clinic
            await stage.set_clock(moment)
            yield stage
