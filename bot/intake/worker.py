"""Works on stored updates: each chat's in order, chats side by side, each effect once."""

import asyncio
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from typing import Final

import structlog

from bot.intake.attempt import Attempt
from bot.intake.hands import Hands
from core.clinic import Clinic
from core.errors import DatabaseLost
from core.intake.keep_in_hand import keep_in_hand
from core.intake.postpone_update import postpone_update
from core.intake.questions import anything_waits
from core.intake.seat import Seat
from core.intake.take_updates import take_updates
from core.intake.update import Job

LONGEST_REST_SECONDS: Final = 1.0
LOOK_SECONDS: Final = 2.0
PAUSE_SECONDS: Final = 1.0


class Worker:
    """The one place that starts tasks: one for each chat with something to do."""

    def __init__(self, clinic: Clinic, attempt: Attempt, seat: Seat, replicas: Callable[[int], None]) -> None:
        self._clinic = clinic.clockwork
        self._attempt = attempt
        self._seat = seat
        self._replicas = replicas
        self._bell = asyncio.Event()
        self._rings = 0
        self._lanes: asyncio.TaskGroup | None = None
        self._unsettled = False
        self._more_waits = False
        self._soonest: datetime | None = None
        self._hands = Hands()

    def wake(self) -> None:
        """There may be something new to do."""
        self._rings += 1
        self._bell.set()

    def stop(self) -> None:
        """Finish what is at work, and take nothing more."""
        self._lanes = None
        self.wake()

    async def run(self) -> None:
        """Until stopped; what is left in the inbox waits for the next start, or for somebody else."""
        async with asyncio.TaskGroup() as lanes:
            self._lanes = lanes
            looked_around = asyncio.get_running_loop().time()
            while self._lanes is not None:
                now = asyncio.get_running_loop().time()
                if now - looked_around >= LOOK_SECONDS:
                    looked_around = now
                    await self._look_around()
                await self._take()
                await self._rest()

    @property
    def busy(self) -> tuple[str, ...]:
        """The lanes at work here: nothing more of theirs may be taken."""
        return self._hands.lanes

    @contextmanager
    def room_for(self, most: int) -> Iterator[int]:
        """So many free hands, kept free for what is just being stored; none before and after work."""
        with self._hands.promised(most if self._goes_on() else 0) as hands:
            yield hands

    def begin(self, jobs: Iterable[Job]) -> None:
        """Work on these, which are in this seat's hands; what cannot be begun is let go at the next look around."""
        for job in jobs:
            if self._lanes is not None and self._hands.take(job):
                self._lanes.create_task(self._work(job))
            else:
                self._unsettled = True

    async def _look_around(self) -> None:
        """Make sure of our own seat and of what we have in hand, and free what the dead had in theirs."""
        try:
            if await self._seat.look_around():
                structlog.get_logger().warning("inbox.freed")
                self.wake()
            self._replicas(self._seat.living)
            if self._unsettled or self._hands.something_takes_long:
                await self._clinic(keep_in_hand, await self._seat.sit(), self._hands.keys)
                self._unsettled = False
        except DatabaseLost as trouble:
            structlog.get_logger().warning("inbox.no_seat", kind=str(trouble))

    async def _take(self) -> None:
        """Whatever there is to do, as far as hands are free; nothing while no seat is held."""
        rung = self._bell.is_set()
        self._bell.clear()
        try:
            seat = self._seat.number
            if seat is None:
                seat = await self._seat.sit()
            elif not rung and not await self._clinic.read(anything_waits):
                return
            with self._hands.promised(self._hands.free) as hands:
                jobs = await self._clinic(take_updates, seat, hands, self.busy) if hands else ()
            self._more_waits = len(jobs) == hands
            self.begin(jobs)
        except DatabaseLost as trouble:
            structlog.get_logger().warning("inbox.trouble", kind=str(trouble))

    async def _rest(self) -> None:
        """Until somebody rings, something postponed is due, or it is time to look whether others left anything."""
        seconds = LONGEST_REST_SECONDS
        if self._soonest is not None:
            seconds = min(seconds, max((self._soonest - self._clinic.clock.now()).total_seconds(), 0.01))
            self._soonest = None
        with suppress(TimeoutError):
            await asyncio.wait_for(self._bell.wait(), seconds)

    async def _work(self, job: Job) -> None:
        """A chat's updates, one after another; the chat is free again whatever happens."""
        following: Job | None = job
        rings = self._rings
        try:
            while following is not None:
                rings = self._rings
                self._hands.hold(following)
                following = await self._settle(following)
        finally:
            self._hands.let_go(job.lane)
            if self._more_waits or rings != self._rings:
                # Something was stored meanwhile, perhaps for this chat, or while every hand was full.
                self._bell.set()

    async def _settle(self, job: Job) -> Job | None:
        try:
            outcome = await self._attempt(job, self._goes_on)
        except Exception as trouble:
            # Not even the outcome could be written: the update is still in the inbox, and its turn comes again.
            structlog.get_logger().error("update.unsettled", kind=type(trouble).__name__, update=job.key)
            await asyncio.sleep(PAUSE_SECONDS)
            await self._put_back(job)
            return None
        self._unsettled |= outcome.unsure
        if outcome.due_at is not None:
            self._soonest = min(outcome.due_at, self._soonest or outcome.due_at)
            self._bell.set()
        return outcome.following

    def _goes_on(self) -> bool:
        return self._lanes is not None

    async def _put_back(self, job: Job) -> None:
        """For whoever takes it next; where not even that can be written, it is let go at the next look around."""
        self._unsettled = True
        with suppress(DatabaseLost):
            await self._clinic(postpone_update, job.key, job.seat, self._clinic.clock.now(), False)
            self.wake()
