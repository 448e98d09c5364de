"""The one long poll that may wait for a bot's updates."""

import asyncio
from typing import Final

from sandbox.bell import Bell
from sandbox.refusals import Conflict

BETWEEN_POLLS_SECONDS: Final = 5.0


class Poll:
    def __init__(self, began: Bell) -> None:
        self._began = began
        self._waiting: asyncio.Future[Conflict | None] | None = None
        self._last_ended = -BETWEEN_POLLS_SECONDS

    @property
    def open(self) -> bool:
        return self._waiting is not None

    @property
    def recent(self) -> bool:
        """Whether somebody waits, or is about to wait again."""
        return self.open or _now() - self._last_ended < BETWEEN_POLLS_SECONDS

    async def wait(self, seconds: float) -> None:
        """Until there is news, or the time is over; raises the conflict with which somebody else ended it."""
        waiting: asyncio.Future[Conflict | None] = asyncio.get_running_loop().create_future()
        self._waiting = waiting
        self._began.ring()
        conflict = None
        try:
            async with asyncio.timeout(seconds):
                conflict = await waiting
        except TimeoutError:
            pass
        finally:
            self._last_ended = _now()
            if self._waiting is waiting:
                self._waiting = None
        if conflict is not None:
            raise conflict

    def end(self, conflict: Conflict | None = None) -> None:
        waiting, self._waiting = self._waiting, None
        if waiting is not None and not waiting.done():
            waiting.set_result(conflict)


def _now() -> float:
    return asyncio.get_running_loop().time()
