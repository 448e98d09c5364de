"""The sandbox from the person's side and behind the scenes, over HTTP."""

import asyncio
from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Any, Final, NamedTuple

import aiohttp

from bench.servers import running
from bench.stage.town import NOW

AT_ONCE: Final = 32
LOOK_SECONDS: Final = 0.05
STARTED: Final = ("message", "my_chat_member")


class Call(NamedTuple):
    """A call of a bot's: when it came, by the sandbox's clock, and how it was answered."""

    at: float
    method: str
    chat: int | None
    status: int


class Telegram:
    def __init__(self, http: aiohttp.ClientSession, url: str) -> None:
        self._http = http
        self.url = url

    async def sim(self, path: str, body: dict[str, Any]) -> Any:
        async with self._http.post(f"{self.url}/sim/{path}", json=body) as response:
            return await self._read(response)

    async def ask(self, path: str, **query: object) -> Any:
        asked = {name: str(value) for name, value in query.items()}
        async with self._http.get(f"{self.url}/sim/{path}", params=asked) as response:
            return await self._read(response)

    async def as_bot(self, token: str, method: str, **parameters: Any) -> Any:
        async with self._http.post(f"{self.url}/bot{token}/{method}", json=parameters) as response:
            return (await self._read(response))["result"]

    async def people(self, numbers: Iterable[int]) -> None:
        people = [{"id": number, "first_name": f"P{number}", "language_code": "en"} for number in numbers]
        await self.sim("people", {"people": people})

    async def acquaint(self, token: str, people: Sequence[int]) -> None:
        """Each of them has written to this bot once, long ago; nothing of it waits to be fetched."""
        await self.as_bot(token, "getMe")
        await self.all_say(token, people, "Hello")
        waiting = await self.as_bot(token, "getUpdates", offset=-1, allowed_updates=STARTED)
        if waiting:
            await self.as_bot(token, "getUpdates", offset=waiting[-1]["update_id"] + 1)

    async def all_say(self, token: str, people: Sequence[int], text: str) -> None:
        """One after another in the order of their numbers, a few at a time."""
        bot, waiting = bot_id(token), iter(people)

        async def mouth() -> None:
            for person in waiting:
                await self.sim("say", {"person": person, "bot": bot, "text": text})

        await asyncio.gather(*(mouth() for _ in range(AT_ONCE)))

    async def is_heard(self, token: str) -> None:
        """Wait until the bot listens, by poll or by webhook."""
        while True:
            for bot in (await self.ask("bots"))["bots"]:
                if bot["id"] == bot_id(token) and (bot["polling"] or bot["webhook"]):
                    return
            await asyncio.sleep(LOOK_SECONDS)

    async def calls(self, token: str, after: int, method: str) -> tuple[list[Call], int]:
        """What the bot called since then, and the number after which to ask again."""
        found = (await self.ask("log", bot=bot_id(token), after=after, method=method))["calls"]
        last = found[-1]["seq"] if found else after
        return [_call(call) for call in found], last

    async def last_call(self) -> int:
        """The number of the newest call of any bot."""
        newest = (await self.ask("log", limit=1))["calls"]
        return newest[-1]["seq"] if newest else 0

    async def answered(
        self, token: str, after: int, count: int, seconds: float, method: str = "sendMessage"
    ) -> list[Call]:
        """Wait until the bot has called this method so many times with success; raises TimeoutError."""
        found: list[Call] = []
        async with asyncio.timeout(seconds):
            while len(found) < count:
                await asyncio.sleep(LOOK_SECONDS)
                more, after = await self.calls(token, after, method)
                found += [call for call in more if call.status == 200]
        return found

    async def now(self) -> float:
        """The sandbox's time, as its calls are dated."""
        clock = await self.ask("clock")
        return datetime.fromisoformat(clock["now"]).timestamp()

    async def set_clock(self, moment: datetime) -> None:
        await self.sim("clock", {"set": moment.isoformat()})

    async def advance_clock(self, seconds: float) -> None:
        """Answers when every bot that follows the clock keeps the new time."""
        await self.sim("clock", {"advance": seconds})

    async def be_strict(self) -> None:
        """From now on thirty messages in any second and one a second for a person, and not one more."""
        await self.sim("flood", {"on": True, "strict": True})

    async def refused(self) -> int:
        """How many calls ran into a 429 so far."""
        flood = await self.ask("flood")
        refused: int = flood["refused"]
        return refused

    async def _read(self, response: aiohttp.ClientResponse) -> Any:
        answer = await response.json()
        assert response.status == 200, answer
        return answer


def bot_id(token: str) -> int:
    return int(token.partition(":")[0])


def token_of(number: int) -> str:
    return f"{number}:" + "B" * 35


def rate_of(calls: Sequence[Call], since: float) -> float:
    """Calls a second from that moment to the last of them: who prepares all of them before the first is not quicker."""
    return len(calls) / (max(call.at for call in calls) - since)


@asynccontextmanager
async def open_telegram() -> AsyncIterator[Telegram]:
    """A sandbox of its own, on the town's first day."""
    async with (
        running("sandbox", "--port", "0", "--smtp-port", "0") as url,
        aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as http,
    ):
        telegram = Telegram(http, url)
        await telegram.set_clock(NOW)
        yield telegram


def _call(call: dict[str, Any]) -> Call:
    return Call(
        datetime.fromisoformat(call["at"]).timestamp(), call["method"], call["params"].get("chat_id"), call["status"]
    )
