"""One budget for everything that leaves: people's answers first, alerts evenly in what is left."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from time import monotonic
from typing import Final, TypeAlias

ALL_CHATS_PER_SECOND: Final = 30
CHAT_SECONDS: Final = 1.0
GROUP_SECONDS: Final = 3.0
REMEMBERED_CHATS: Final = 10_000


Sleep: TypeAlias = Callable[[float], Awaitable[object]]


class SharedPace:
    """Telegram's limits: 30 a second for bulk, 1 a second for a chat, 20 a minute for a group."""

    def __init__(self, clock: Callable[[], float] = monotonic, sleep: Sleep = asyncio.sleep) -> None:
        self._clock = clock
        self._sleep = sleep
        self._paused_until = 0.0
        self._next_alert = 0.0
        self._answers: deque[float] = deque()
        self._chats: dict[int, float] = {}

    async def before_answer(self) -> None:
        """Wait out a running `retry_after`, and be counted."""
        while self._paused:
            await self._wait_until(self._paused_until)
        self._answers.append(self._clock())

    async def before_alert(self, chat_id: int) -> None:
        """Take the next free place in time, and wait for it; who was told to wait meanwhile takes a new one."""
        await self._wait_until(self._place_for(chat_id))
        while self._paused:
            await self._wait_until(self._place_for(chat_id))

    def pause(self, seconds: float) -> None:
        """Telegram asked to wait: everybody waits."""
        self._paused_until = max(self._paused_until, self._clock() + seconds)

    @property
    def _paused(self) -> bool:
        return self._clock() < self._paused_until

    def _place_for(self, chat_id: int) -> float:
        now = self._clock()
        place = max(now, self._paused_until, self._next_alert, self._chats.get(chat_id, 0.0))
        self._next_alert = place + 1 / self._left_for_alerts(now)
        self._chats[chat_id] = place + (GROUP_SECONDS if chat_id < 0 else CHAT_SECONDS)
        if len(self._chats) > REMEMBERED_CHATS:
            self._chats = {chat: free for chat, free in self._chats.items() if free > now}
        return place

    def _left_for_alerts(self, now: float) -> int:
        while self._answers and self._answers[0] <= now - 1:
            self._answers.popleft()
        return max(1, ALL_CHATS_PER_SECOND - len(self._answers))

    async def _wait_until(self, moment: float) -> None:
        left = moment - self._clock()
        if left > 0:
            await self._sleep(left)
