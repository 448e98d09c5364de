"""The updates that wait for one bot: numbered, kept for a day, taken by its poll or posted to its webhook."""

from collections import OrderedDict
from collections.abc import Callable
from itertools import islice
from typing import Final

from sandbox.bell import Bell
from sandbox.clock import SandboxClock
from sandbox.hearing.poll import Poll
from sandbox.hearing.told import Told, ToldLog
from sandbox.hearing.update_kinds import BY_DEFAULT
from sandbox.refusals import TerminatedByOtherPoll
from sandbox.wire import Json, Written, written

KEPT_SECONDS: Final = 24 * 3600.0


class UpdateQueue:
    """Numbers rise strictly and never start again, not even when the bot's memory is wiped.

    `on_put` hears of each new update, where the bot has a webhook.
    """

    def __init__(self, bot_id: int, first_id: int, clock: SandboxClock, told: ToldLog, poll_began: Bell) -> None:
        self._bot_id = bot_id
        self._next_id = first_id
        self._clock = clock
        self._told = told
        self._waiting: OrderedDict[int, Told] = OrderedDict()
        self.poll = Poll(poll_began)
        self.allowed = BY_DEFAULT
        self.on_put: Callable[[Told], None] | None = None

    def __len__(self) -> int:
        self._expire()
        return len(self._waiting)

    def waiting(self) -> list[Told]:
        """Oldest first."""
        self._expire()
        return list(self._waiting.values())

    def holds(self, update_id: int) -> bool:
        self._expire()
        return update_id in self._waiting

    def put(self, kind: str, payload: Json, lane: int = 0) -> int | None:
        """The update's number, or nothing when the bot does not want this kind."""
        if kind not in self.allowed:
            return None
        update_id = self._next_id
        self._next_id += 1
        body = written({"update_id": update_id, kind: payload})
        told = self._told.add(
            at=self._clock.now(), bot=self._bot_id, update_id=update_id, kind=kind, lane=lane, body=body
        )
        self._waiting[update_id] = told
        self.poll.end()
        if self.on_put is not None:
            self.on_put(told)
        return update_id

    async def take(self, *, offset: int, limit: int, seconds: float) -> Written:
        """Confirm what lies before the offset, then wait until something is there."""
        self.poll.end(TerminatedByOtherPoll())
        self._confirm_before(offset)
        self._expire()
        if not self._waiting and seconds > 0:
            await self.poll.wait(seconds)
        batch = list(islice(self._waiting.values(), limit))
        for told in batch:
            told.deliveries += 1
        return Written(b"[" + b",".join(told.body for told in batch) + b"]")

    def confirm(self, update_id: int) -> None:
        told = self._waiting.pop(update_id, None)
        if told is not None:
            told.confirmed = True

    def drop(self) -> None:
        self._waiting.clear()

    def _confirm_before(self, offset: int) -> None:
        """A negative offset counts from the end: so many are left."""
        left = -offset if offset < 0 else 0
        while self._waiting and (len(self._waiting) > left if offset < 0 else next(iter(self._waiting)) < offset):
            self.confirm(next(iter(self._waiting)))

    def _expire(self) -> None:
        """Nobody came for them in a day."""
        oldest = self._clock.now() - KEPT_SECONDS
        while self._waiting and next(iter(self._waiting.values())).at < oldest:
            self._waiting.popitem(last=False)
