"""S2: a thousand people in conversation at once, and one bot that answers each of them."""

import asyncio
from typing import Any, Final

import aiohttp

from bench.figures import Result
from bench.servers import running

WHAT: Final = "conversations of 1,000 people at once that came to their end"
PEOPLE: Final = 1_000
TURNS: Final = 5
FIRST: Final = 10_001
PATIENCE_SECONDS: Final = 60
POLL_SECONDS: Final = 20
AT_WORK: Final = 64
TOKEN: Final = "123456789:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw0"
NEXT: Final = {"inline_keyboard": [[{"text": "Next", "callback_data": "next"}]]}


class Crowd:
    def __init__(self, http: aiohttp.ClientSession, sandbox: str) -> None:
        self._http = http
        self._url = sandbox

    async def sim(self, path: str, body: dict[str, Any]) -> Any:
        async with self._http.post(f"{self._url}/sim/{path}", json=body) as response:
            return await response.json()

    async def chat(self, person: int, after: int) -> Any:
        query = {"person": str(person), "after": str(after), "timeout": str(PATIENCE_SECONDS)}
        async with self._http.get(f"{self._url}/sim/chat", params=query) as response:
            return await response.json()

    async def converse(self, person: int) -> bool:
        """Say something, then press what the bot shows, so many times; whether each was answered by the next count."""
        said = await self.sim("say", {"person": person, "text": "/start"})
        seen = await self.chat(person, said["revision"])
        for turn in range(1, TURNS + 1):
            message = seen["messages"][-1]
            if message["text"] != f"Turn {turn} of {person}":
                return False
            pressed = await self.sim(
                "press",
                {"person": person, "message_id": message["message_id"], "data": "next", "wait": PATIENCE_SECONDS},
            )
            seen = await self.chat(person, pressed["revision"])
            while seen["messages"][-1]["text"] == message["text"]:
                seen = await self.chat(person, seen["revision"])
        return True


class CountingBot:
    """Answers each update with one call or two, as bots do; several chats at once, one after another within a chat."""

    def __init__(self, http: aiohttp.ClientSession, sandbox: str) -> None:
        self._http = http
        self._url = f"{sandbox}/bot{TOKEN}"
        self._free = asyncio.Semaphore(AT_WORK)

    async def call(self, method: str, **parameters: Any) -> Any:
        async with self._http.post(f"{self._url}/{method}", json=parameters) as response:
            answer = await response.json()
            assert answer["ok"], answer
            return answer["result"]

    async def work(self) -> None:
        """Until it is cancelled."""
        offset = 0
        async with asyncio.TaskGroup() as answers:
            while True:
                updates = await self.call("getUpdates", offset=offset, timeout=POLL_SECONDS)
                for update in updates:
                    offset = update["update_id"] + 1
                    answers.create_task(self._answer(update))

    async def _answer(self, update: dict[str, Any]) -> None:
        async with self._free:
            query = update.get("callback_query")
            if query is not None:
                message = query["message"]
                turn = int(message["text"].split()[1]) + 1
                person = message["chat"]["id"]
                await self.call("answerCallbackQuery", callback_query_id=query["id"])
                await self.call(
                    "editMessageText",
                    chat_id=person,
                    message_id=message["message_id"],
                    text=f"Turn {turn} of {person}",
                    reply_markup=NEXT,
                )
            elif "message" in update:
                person = update["message"]["chat"]["id"]
                await self.call("sendMessage", chat_id=person, text=f"Turn 1 of {person}", reply_markup=NEXT)


async def conversations(sandbox: str, count: int) -> int:
    """How many of so many people at once came to the end of their conversation."""
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as http:
        crowd, bot = Crowd(http, sandbox), CountingBot(http, sandbox)
        await bot.call("getMe")
        people = range(FIRST, FIRST + count)
        await crowd.sim("people", {"people": [{"id": person, "first_name": f"P{person}"} for person in people]})
        at_work = asyncio.create_task(bot.work())  # noqa: TID251 - owned here, and cancelled below
        try:
            return sum(await asyncio.gather(*map(crowd.converse, people)))
        finally:
            at_work.cancel()
            await asyncio.gather(at_work, return_exceptions=True)


async def measure() -> Result:
    async with running("sandbox", "--port", "0", "--smtp-port", "0") as sandbox:
        ended = await conversations(sandbox, PEOPLE)
    return Result("S2", WHAT, float(ended), float(PEOPLE), "all of them", ended == PEOPLE, (1.0, 1.0))
