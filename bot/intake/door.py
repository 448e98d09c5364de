"""Where updates come in, by whichever way: stored first, and begun at once where a hand is free."""

from collections.abc import Awaitable, Callable, Sequence
from typing import Any, TypeAlias

from bot.intake.arrivals import arrival
from bot.intake.worker import Worker
from bot.shared.doorbell import Doorbell
from core.clinic import Clinic
from core.intake.receive_updates import receive_updates
from core.intake.seat import Seat

LetIn: TypeAlias = Callable[[Sequence[dict[str, Any]]], Awaitable[None]]
"""Stores updates, and returns when they are stored; raises DatabaseLost, and UnusableUpdate for what cannot be one."""


class Door:
    def __init__(self, clinic: Clinic, bot_id: int, seat: Seat, worker: Worker, bell: Doorbell) -> None:
        self._clinic = clinic.clockwork
        self._bot_id = bot_id
        self._seat = seat
        self._worker = worker
        self._bell = bell

    async def let_in(self, updates: Sequence[dict[str, Any]]) -> None:
        """Store a batch; it may be acknowledged when this returns.

        Raises DatabaseLost, and UnusableUpdate for what has no number, or no chat where it says that it has one; then
        nothing of the batch is stored.
        """
        arrivals = tuple(arrival(self._bot_id, update) for update in updates)
        with self._worker.room_for(len(arrivals)) as hands:
            jobs = await self._clinic(receive_updates, arrivals, self._seat.number, hands, self._worker.busy)
        self._worker.begin(jobs)
        if len(jobs) < len(arrivals):
            self._worker.wake()
        if hands < len(arrivals):
            await self._bell.ring()
