"""Rounds of broken updates and of people who press everything; after each, every update and every button is judged."""

import asyncio
from collections.abc import Callable, Sequence
from random import Random
from typing import Any, Final

import aiohttp

from bot.intake.arrivals import arrival
from core.identity.open_session import open_session
from core.identity.person import AccountId, ChatId, Person, Role
from core.intake.receive_updates import receive_updates
from sandbox.hearing.update_kinds import KINDS
from tests.e2e.fuzzing.corpus import Told, recorded
from tests.e2e.fuzzing.mutation import mutated
from tests.e2e.fuzzing.verdict import end_of, hoarded_forms, wrong_answers, wrong_ends
from tests.e2e.fuzzing.walker import Walker
from tests.stage.record import BOT
from tests.stage.small_clinic import EVERYBODY, MARIA
from tests.stage.stage import Stage

GUESTS: Final = (3001, 3002, 3003, 3004)
LOGGED_IN_GUEST: Final = 3004
BROKEN: Final = 60
OF_OTHER_KINDS: Final = 8
STEPS: Final = 4
ROUND: Final = BROKEN + OF_OTHER_KINDS + STEPS * (len(EVERYBODY) + len(GUESTS))
MINUTES: Final = (0, 0, 0, 1, 6, 40, 600)
RETRY_SECONDS: Final = 8
LOOK_SECONDS: Final = 0.1
OTHER_KINDS: Final = (*(kind for kind in KINDS if kind not in ("message", "callback_query", "my_chat_member")), "dream")
WAITING: Final = "SELECT number, tries FROM inbox WHERE payload IS NOT NULL ORDER BY number"
ENDS: Final = "SELECT number, key, state FROM inbox WHERE number > {last}"
FORMS: Final = "SELECT lane, name, CAST(content AS TEXT) FROM forms"


async def fuzz(stage: Stage, updates: int, seed: int, done: Callable[[int], None] = lambda done: None) -> list[str]:
    """At least so many updates; a sentence for each that ended otherwise than it should."""
    async with aiohttp.ClientSession() as http:
        fuzzer = Fuzzer(stage, http, seed)
        await fuzzer.begins()
        for _ in range(-(-updates // ROUND)):
            await fuzzer.plays_round()
            done(ROUND)
        await fuzzer.ends()
    return fuzzer.faults


class Fuzzer:
    def __init__(self, stage: Stage, http: aiohttp.ClientSession, seed: int) -> None:
        self._stage = stage
        self._http = http
        self._chance = Random(seed)
        self._seen: list[str] = []
        self._corpus: list[Told] = []
        self._numbers = 0
        self._elsewhere: list[dict[str, Any]] = []
        self._judged = {"updates": 0, "calls": 0, "inbox": 0}
        self._chats = [*(somebody.chat for somebody in EVERYBODY), *GUESTS]
        secrets = {somebody.chat: (somebody.login, somebody.password) for somebody in EVERYBODY}
        self._walkers = [
            Walker(stage.phone(chat), self._chance.randrange(10**9), secrets.get(chat, ()), self._seen)
            for chat in self._chats
        ]
        self.faults: list[str] = []

    async def begins(self) -> None:
        """People come, most without a language; some of them log in, and one on a phone that is not theirs."""
        guests = [{"id": guest, "first_name": "Guest"} for guest in GUESTS]
        await self._stage.post("people", {"people": guests})
        self._corpus = await recorded(self._stage)
        for somebody in set(EVERYBODY) - {MARIA}:
            await self._stage.logged_in(somebody)
        for guest in GUESTS:
            await self._stage.phone(guest).says("/start")
        await self._settles()
        stranger = Person(Role.STRANGER, ChatId(LOGGED_IN_GUEST))
        await self._stage.clinic.acting_as(stranger)(open_session, AccountId(MARIA.number))

    async def plays_round(self) -> None:
        for _ in range(BROKEN):
            told = self._named(mutated(self._chance, self._corpus, self._chats, self._seen))
            self._stage.arrives(told.kind, told.event)
        await self._other_kinds()
        await self._settles()
        await asyncio.gather(*(walker.walks(STEPS) for walker in self._walkers))
        await self._settles()
        await self._judges()
        await self._stage.move_clock(minutes=self._chance.choice(MINUTES))

    async def ends(self) -> None:
        """Whoever says /start is answered: no chat is stuck."""
        for chat in self._chats:
            phone = self._stage.phone(chat)
            await phone.says("/start")
            await phone.sees()
        await self._settles()
        await self._judges()

    async def _other_kinds(self) -> None:
        """What this bot never asks for comes past the Telegram, straight into the inbox."""
        for _ in range(OF_OTHER_KINDS):
            told = mutated(self._chance, self._corpus, self._chats, self._seen)
            self._numbers += 1
            self._elsewhere.append({"update_id": self._numbers, self._chance.choice(OTHER_KINDS): told.event})
        stored = tuple(arrival(BOT, update) for update in self._elsewhere if end_of(update) != "never stored")
        await self._stage.clinic(receive_updates, stored, None, 0)

    def _named(self, told: Told) -> Told:
        """Under a query's number of its own, as far as it has a number at all."""
        self._numbers += 1
        if told.kind == "callback_query" and isinstance(told.event.get("id"), str):
            told.event["id"] = f"{told.event['id'][:20]}-{self._numbers}"
        return told

    async def _settles(self) -> None:
        """Until everything has ended; what is to be tried again later has its time come."""
        async with asyncio.TaskGroup() as tasks:
            hurrying = tasks.create_task(self._hurries())
            await self._stage.is_quiet()
            hurrying.cancel()

    async def _hurries(self) -> None:
        before: list[Any] = []
        while True:
            waiting = self._stage.rows(WAITING)
            if waiting and (waiting == before or any(tries for _, tries in waiting)):
                await self._stage.move_clock(seconds=RETRY_SECONDS)
            before = waiting
            await asyncio.sleep(LOOK_SECONDS)

    async def _judges(self) -> None:
        updates = [told["body"] for told in await self._new("updates", bot=BOT)]
        calls = [call for call in await self._new("calls", of="log") if call["method"] == "answerCallbackQuery"]
        rows = self._stage.rows(ENDS.format(last=self._judged["inbox"]))
        self._judged["inbox"] = max([self._judged["inbox"], *(number for number, _, _ in rows)])
        ends = {key: state for _, key, state in rows}
        self.faults += wrong_ends([*updates, *self._elsewhere], ends)
        self.faults += wrong_answers(updates, calls)
        self.faults += hoarded_forms(self._stage.rows(FORMS))
        self._elsewhere.clear()

    async def _new(self, what: str, of: str | None = None, **query: int) -> Sequence[dict[str, Any]]:
        """What came since we looked last."""
        params = {"after": self._judged[what], **query}
        async with self._http.get(f"{self._stage.telegram.url}/sim/{of or what}", params=params) as response:
            found: list[dict[str, Any]] = (await response.json())[what]
        self._judged[what] = max([self._judged[what], *(entry["seq"] for entry in found)])
        return found
