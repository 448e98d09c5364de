"""The updates that wait for one bot, and the one poll that may wait for them."""

import asyncio
from collections import deque
from typing import NamedTuple

from sandbox.bell import Bell
from sandbox.refusals import TerminatedByOtherPoll
from sandbox.wire import Json, Written, written

BETWEEN_POLLS_SECONDS = 5.0
ONLY_ON_REQUEST = frozenset({"chat_member", "message_reaction", "message_reaction_count"})


class Waiting(NamedTuple):
    """`lane` is the chat, within which the order is kept; 0 for what belongs to none."""

    update_id: int
    body: bytes
    lane: int


class UpdateQueue:
    """Numbers rise strictly and never start again, not even when the bot's memory is wiped."""

    def __init__(self, first_id: int, poll_began: Bell) -> None:
        self._next_id = first_id
        self._poll_began = poll_began
        self._waiting: deque[Waiting] = deque()
        self._poll: asyncio.Future[bool] | None = None
        self._last_poll_ended = -BETWEEN_POLLS_SECONDS
        self._allowed: frozenset[str] = frozenset()

    def __len__(self) -> int:
        return len(self._waiting)

    @property
    def polled(self) -> bool:
        return self._poll is not None

    @property
    def listened_to(self) -> bool:
        """Whether somebody waits, or is about to wait again."""
        return self.polled or _now() - self._last_poll_ended < BETWEEN_POLLS_SECONDS

    def allow(self, kinds: frozenset[str]) -> None:
        """Which kinds to keep from now on; none named means all but the few that must be asked for."""
        self._allowed = kinds

    def put(self, kind: str, payload: Json, lane: int = 0) -> int | None:
        """The update's number, or nothing when the bot does not want this kind."""
        if kind not in self._allowed if self._allowed else kind in ONLY_ON_REQUEST:
            return None
        update_id = self._next_id
        self._next_id += 1
        self._waiting.append(Waiting(update_id, written({"update_id": update_id, kind: payload}), lane))
        self._end_poll(with_conflict=False)
        return update_id

    async def take(self, *, offset: int, limit: int, seconds: float) -> Written:
        """Confirm what lies before the offset, then wait until something is there."""
        self._end_poll(with_conflict=True)
        self._confirm(offset)
        if not self._waiting and seconds > 0:
            await self._wait(seconds)
        batch = [waiting.body for waiting in list(self._waiting)[:limit]]
        return Written(b"[" + b",".join(batch) + b"]")

    def drop(self) -> None:
        self._waiting.clear()

    async def close(self) -> None:
        self._end_poll(with_conflict=False)

    def _confirm(self, offset: int) -> None:
        if offset < 0:
            while len(self._waiting) > -offset:
                self._waiting.popleft()
        while offset > 0 and self._waiting and self._waiting[0].update_id < offset:
            self._waiting.popleft()

    async def _wait(self, seconds: float) -> None:
        poll: asyncio.Future[bool] = asyncio.get_running_loop().create_future()
        self._poll = poll
        self._poll_began.ring()
        terminated = False
        try:
            async with asyncio.timeout(seconds):
                terminated = await poll
        except TimeoutError:
            pass
        finally:
            self._last_poll_ended = _now()
            if self._poll is poll:
                self._poll = None
        if terminated:
            raise TerminatedByOtherPoll

    def _end_poll(self, *, with_conflict: bool) -> None:
        poll, self._poll = self._poll, None
        if poll is not None and not poll.done():
            poll.set_result(with_conflict)


def _now() -> float:
    return asyncio.get_running_loop().time()
