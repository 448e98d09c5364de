"""The whole product on one stage: a Telegram, a clinic, a bot, and people with phones."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any, Final, NamedTuple

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
from tests.stage.memory import Memory
from tests.stage.patient import PATIENCE_SECONDS, Phone
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


class Addresses(NamedTuple):
    """Where the sandbox's servers are; plain, so that a process of its own can be told."""

    telegram: str
    smtp: str
    sms: str


def settings_for(database_url: str, sandbox: Addresses) -> Settings:
    return Settings.model_construct(
        bot_token=SecretStr(TOKEN),
        bot_api_url=sandbox.telegram,
        facility="diamed",
        database_url=database_url,
        secret_key=SecretStr("a secret of the tests"),
        clock_url=f"{sandbox.telegram}/sim/clock/listen",
        smtp_url=SecretStr(sandbox.smtp),
        sms_url=SecretStr(sandbox.sms),
        public_url=None,
        webhook_url=None,
        webhook_secret=None,
        redis_url=None,
        operators_chat_id=None,
        listen="127.0.0.1:0",
        log_level="WARNING",
    )


def furnish_database(url: str) -> None:
    """The small clinic in a new database."""

    async def make() -> None:
        database = Database.at(url)
        await migrate(database)
        clinic = Clinic(database, read_profile(FACILITY), StandingClock(), Random(1), CLOCKWORK)
        await clinic(furnish)
        await database.close()

    asyncio.run(make())


class Stage:
    """A Telegram with people in it, and the clinic's own memory for tests that must look there."""

    def __init__(self, telegram: Sandbox, world: World, http: aiohttp.ClientSession, database_url: str) -> None:
        self.telegram = telegram
        self.database_url = database_url
        self._memory = Memory(database_url)
        self._world = world
        self._http = http
        self._clinic: Clinic | None = None

    @property
    def addresses(self) -> Addresses:
        return Addresses(self.telegram.url, self.telegram.smtp_url, self.telegram.sms_url)

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
        return self._memory.rows(query)

    async def writes(self, change: str, values: list[tuple[Any, ...]]) -> None:
        """Change the bot's database behind its back; in a thread, since the bot must be able to end what it began."""
        await asyncio.to_thread(self._memory.change, change, values)

    async def group_with_bot(self, founder: Somebody, standing: str = "administrator") -> int:
        """The number of a new group of theirs, with the bot in it."""
        bots = [{"id": int(TOKEN.partition(":")[0]), "status": standing}]
        founded = await self.post("groups", {"title": "Neighbours", "creator": founder.chat, "bots": bots})
        number: int = founded["group"]["id"]
        return number

    async def as_bot(self, method: str, **parameters: Any) -> Any:
        """A call under the bot's name, past the bot."""
        async with self._http.post(f"{self.telegram.url}/bot{TOKEN}/{method}", json=parameters) as response:
            answer = await response.json()
            assert response.status == 200, answer
            return answer["result"]

    def arrives(self, kind: str, update: dict[str, Any]) -> None:
        """An update that no hand in the sandbox could cause: with what Telegram would not pass."""
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

    async def mails(self, address: str, least: int = 1) -> list[dict[str, Any]]:
        """The letters that came to this address, oldest first, each with its parts; waits until there are so many."""
        query = {"address": address}
        mails = await self._arrived("mail", query, "mails", least)
        return [await self._get(f"mail/{mail['id']}") for mail in mails]

    async def attachment(self, mail: dict[str, Any], index: int = 0) -> bytes:
        place = f"{self.telegram.url}/sim/mail/{mail['id']}/attachments/{index}"
        async with self._http.get(place) as response:
            return await response.read()

    async def sms(self, number: str, least: int = 1) -> list[dict[str, Any]]:
        """The short messages that came to this number, oldest first; waits until there are so many."""
        return await self._arrived("sms", {"number": number}, "messages", least)

    async def _arrived(self, kind: str, query: dict[str, str], name: str, least: int) -> list[dict[str, Any]]:
        after, found = 0, await self._get(kind, **query)
        while len(found[name]) < least:
            after = max([after, *(thing["id"] for thing in found[name])])
            later = await self._get(kind, **query, after=str(after), timeout=str(PATIENCE_SECONDS))
            found = await self._get(kind, **query)
            assert later[name] or len(found[name]) >= least, f"nothing more came: {len(found[name])} of {least}"
        things: list[dict[str, Any]] = found[name]
        return things

    async def _get(self, call: str, **query: str) -> dict[str, Any]:
        async with self._http.get(f"{self.telegram.url}/sim/{call}", params=query) as response:
            answer: dict[str, Any] = await response.json()
            assert response.status == 200, answer
            return answer

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
async def open_telegram(database_url: str, moment: datetime = MONDAY) -> AsyncIterator[Stage]:
    """The stage without a bot on it."""
    world = World()
    telegram = await serve(world=world)
    async with aiohttp.ClientSession() as http:
        stage = Stage(telegram, world, http, database_url)
        await stage.set_clock(moment)
        people = [{"id": who.chat, "first_name": who.first_name, "language_code": who.language} for who in EVERYBODY]
        await stage.post("people", {"people": people})
        try:
            yield stage
        finally:
            await telegram.close()


@asynccontextmanager
async def open_stage(database_url: str, moment: datetime = MONDAY) -> AsyncIterator[Stage]:
    """The stage with the bot at work in this process."""
    async with open_telegram(database_url, moment) as stage:
        settings, clock = settings_for(database_url, stage.addresses), MovableClock()
        async with open_clinic(settings, clock) as clinic, open_desk(settings, clinic, clock, Hasher(CHEAP)):
            stage.clinic = clinic
            await stage.set_clock(moment)
            yield stage
