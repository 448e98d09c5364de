"""One budget for everything that leaves: people's answers first, alerts in handfuls in what is left."""

import asyncio
from collections.abc import Awaitable, Callable
from time import monotonic
from typing import Final, TypeAlias
from weakref import WeakValueDictionary

from bot.shared.budget import Budget, rest_of
from bot.shared.ledger import ChatRests, EverybodyWaits, Ledger, NoLedger, Place
from core.alerts.pace import NotSoon

REMEMBERED_CHATS: Final = 10_000
# An alert is leased for a minute. What has to wait for longer than this is given back, so that no lease runs out.
LONGEST_WAIT_SECONDS: Final = 15.0

Sleep: TypeAlias = Callable[[float], Awaitable[object]]


def tell_nobody(seconds: float) -> None:
    """Nobody counts the waits."""


class SharedPace:
    """Telegram's limits: 30 a second for bulk, 1 a second for a chat, 20 a minute for a group.

    Places in time come from the ledger that all replicas share, and where there is none, or it is lost, from this
    replica's own share of the budget. `told` hears each wait that Telegram asked of this process.
    """

    def __init__(
        self,
        clock: Callable[[], float] = monotonic,
        sleep: Sleep = asyncio.sleep,
        *,
        ledger: Ledger | None = None,
        told: Callable[[float], None] = tell_nobody,
    ) -> None:
        self._clock = clock
        self._sleep = sleep
        self._ledger = ledger or NoLedger()
        self._told = told
        self._budget = Budget()
        self._paused_until = 0.0
        self._news = asyncio.Event()
        self._door = asyncio.Lock()
        self._turns: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()
        self._rested: dict[int, float] = {}

    def share(self, replicas: int) -> None:
        """So many replicas live: each has its part of the budget, from now on."""
        self._budget.share(replicas)

    async def before_answer(self, counts: bool = True) -> None:
        """Wait out a running `retry_after`, and be counted where it is a message: the limit is one of messages."""
        await self._wait_out_pause()
        if not counts:
            return
        while (wait := await self._ledger.answer()) > 0:
            self.hear(wait)
            await self._wait_out_pause()
        self._budget.answer_left(self._clock())

    async def before_alert(self, chat_id: int) -> None:
        """Wait for a place in time. A chat's alerts keep their order, and its rest holds up no other chat.

        Raises NotSoon when everybody has been told to wait for longer than LONGEST_WAIT_SECONDS.
        """
        turn = self._turns.setdefault(chat_id, asyncio.Lock())
        async with turn:
            left = False
            while not left:
                await self._wait_until(self._rested.get(chat_id, 0.0))
                async with self._door:
                    left = await self._take_place(chat_id)

    def pause(self, seconds: float) -> None:
        """Telegram asked this process to wait: everybody waits, and the other replicas are to hear of it."""
        self.hear(seconds)
        self._told(seconds)
        self._news.set()

    def hear(self, seconds: float) -> None:
        """Another replica was asked to wait; a longer wait is never shortened."""
        self._paused_until = max(self._paused_until, self._clock() + seconds)

    @property
    def paused_for(self) -> float:
        """How long everybody has still to wait, in seconds."""
        return max(0.0, self._paused_until - self._clock())

    def soon(self) -> bool:
        """Whether an alert that asks now would be let go while its lease lasts."""
        return self.paused_for <= LONGEST_WAIT_SECONDS

    async def news(self, within: float) -> None:
        """Until Telegram asks this process to wait, or so many seconds have passed."""
        try:
            async with asyncio.timeout(within):
                await self._news.wait()
        except TimeoutError:
            return
        self._news.clear()

    async def _take_place(self, chat_id: int) -> bool:
        """Wait for the next place; False where the chat must rest first, or everybody was told to wait meanwhile."""
        await self._wait_out_pause(LONGEST_WAIT_SECONDS)
        place = await self._next_place(chat_id)
        if place is None:
            return False
        await self._wait_until(place)
        if self.paused_for:
            return False
        self._note(chat_id, place)
        return True

    async def _next_place(self, chat_id: int) -> float | None:
        match await self._ledger.place(chat_id):
            case Place(wait):
                return self._budget.kept_apart(self._clock() + wait)
            case ChatRests(wait):
                self._rested[chat_id] = self._clock() + wait
                return None
            case EverybodyWaits(wait):
                self.hear(wait)
                return None
            case None:
                return await self._own_place()

    async def _own_place(self) -> float:
        """In this replica's own share; asked again after each wait, since answers may have left meanwhile."""
        place = self._clock()
        while (opens := self._budget.opens(self._clock())) > self._clock():
            await self._wait_until(opens)
            place = opens
        return place

    def _note(self, chat_id: int, place: float) -> None:
        now = self._clock()
        self._budget.alert_left(now, place)
        self._rested[chat_id] = now + rest_of(chat_id)
        if len(self._rested) > REMEMBERED_CHATS:
            self._rested = {chat: rested for chat, rested in self._rested.items() if rested > now}

    async def _wait_out_pause(self, longest: float = float("inf")) -> None:
        while wait := self.paused_for:
            if wait > longest:
                raise NotSoon
            await self._sleep(wait)

    async def _wait_until(self, moment: float) -> None:
        wait = moment - self._clock()
        if wait > 0:
            await self._sleep(wait)
