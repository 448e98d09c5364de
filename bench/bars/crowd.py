"""People who write to a bot without waiting for its answers, and what the bot sends meanwhile, life by life."""

import asyncio
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import cycle
from typing import Final

import aiohttp

from tests.stage.patient import Phone
from tests.stage.stage import Stage

COMMANDS: Final = ("/start", "/help")
QUIET_SECONDS: Final = 3.0


class Guests:
    """Strangers who say one thing and the other in turns; each waits for nobody."""

    def __init__(self, stage: Stage, numbers: Sequence[int]) -> None:
        self._stage = stage
        self._phones = [stage.phone(number) for number in numbers]
        self._words = {number: cycle(COMMANDS) for number in numbers}
        self._next = cycle(self._phones)
        self.said: Counter[int] = Counter()

    async def come(self) -> None:
        people = [{"id": phone.person, "first_name": "Guest", "language_code": "en"} for phone in self._phones]
        await self._stage.post("people", {"people": people})

    async def say(self, messages: int) -> None:
        """So many messages in all, each guest's in order."""
        shares = Counter(next(self._next) for _ in range(messages))
        await asyncio.gather(*(self._say(phone, share) for phone, share in shares.items()))

    async def _say(self, phone: Phone, messages: int) -> None:
        for _ in range(messages):
            await phone.says(next(self._words[phone.person]))
            self.said[phone.person] += 1


@dataclass(frozen=True, slots=True)
class Sent:
    """A message that the bot sent, and in which of its lives."""

    chat: int
    text: str
    life: int


class Ear:
    """Hears what the bot sends, while it sends it: the log of the sandbox does not reach back for ever."""

    def __init__(self, http: aiohttp.ClientSession, sandbox: str) -> None:
        self._http = http
        self._address = f"{sandbox}/sim/log"
        self._last = 0
        self.sent: list[Sent] = []
        self.life = 0

    async def hear(self) -> int:
        """How many messages the bot has sent so far."""
        query = {"method": "sendMessage", "after": str(self._last)}
        async with self._http.get(self._address, params=query) as response:
            calls = (await response.json())["calls"]
        for call in calls:
            self._last = call["seq"]
            if call["status"] == 200:
                self.sent.append(Sent(call["params"]["chat_id"], call["params"]["text"], self.life))
        return len(self.sent)

    async def hears(self, messages: int) -> None:
        """Wait until so many more were sent."""
        enough = await self.hear() + messages
        while await self.hear() < enough:  # noqa: ASYNC110 - another process
            await asyncio.sleep(0.01)

    async def falls_silent(self) -> None:
        """What is not answered by now is answered by nobody."""
        before = -1
        while (after := await self.hear()) > before:
            before = after
            await asyncio.sleep(QUIET_SECONDS)

    def by_chat(self) -> dict[int, list[Sent]]:
        """What each chat was sent, in order."""
        sent: dict[int, list[Sent]] = {}
        for message in self.sent:
            sent.setdefault(message.chat, []).append(message)
        return sent

    def answered(self, crowd: Guests) -> int:
        """How many of the messages that these guests sent were answered, each chat's by its own."""
        return sum(min(len(sent), crowd.said[chat]) for chat, sent in self.by_chat().items())
