"""Works on stored updates: each chat's in order, chats side by side, each effect once."""

import asyncio
from collections import Counter
from contextlib import suppress
from datetime import timedelta
from typing import Final

import structlog
from aiogram import Bot, Dispatcher
from aiogram.exceptions import (
    TelegramForbiddenError,
    TelegramNetworkError,
    TelegramRetryAfter,
    TelegramServerError,
)
from aiogram.types import Update
from pydantic import ValidationError

from bot.intake.arrivals import chat_of
from bot.intake.forms import Forms, forms
from bot.intake.give_up import GiveUp
from core.clinic import Clinic
from core.errors import DatabaseLost
from core.failpoints import reach
from core.identity.note_reachability import note_reachability
from core.identity.person import ChatId
from core.intake.cause import Cause, cause
from core.intake.finish_update import finish_update
from core.intake.postpone_update import postpone_update
from core.intake.questions import next_due, next_jobs
from core.intake.seat import Seat
from core.intake.update import MOST_TRIES, Job

CHATS_AT_ONCE: Final = 16
LONGEST_REST_SECONDS: Final = 5.0
FIRST_PAUSE: Final = timedelta(seconds=1)
LONGEST_PAUSE: Final = timedelta(seconds=30)
OUTAGES: Final = (TelegramNetworkError, TelegramServerError, DatabaseLost)


class UnreadableUpdate(ValueError):
    """The messenger sent something that is no update."""


class Worker:
    """The one place that starts tasks: one for each chat with something to do."""

    def __init__(self, clinic: Clinic, dispatcher: Dispatcher, bot: Bot, give_up: GiveUp, seat: Seat) -> None:
        self._clinic = clinic.clockwork
        self._dispatcher = dispatcher
        self._bot = bot
        self._give_up = give_up
        self._seat = seat
        self._busy: set[str] = set()
        self._outages: Counter[str] = Counter()
        self._bell = asyncio.Event()
        self._stopping = False

    def wake(self) -> None:
        """There may be something new to do."""
        self._bell.set()

    def stop(self) -> None:
        """Finish what is at work, and take nothing more."""
        self._stopping = True
        self.wake()

    async def run(self) -> None:
        """Until stopped; what is left in the inbox waits for the next start."""
        async with asyncio.TaskGroup() as lanes:
            looked_around = float("-inf")
            while not self._stopping:
                self._bell.clear()
                now = asyncio.get_running_loop().time()
                if now - looked_around >= LONGEST_REST_SECONDS:
                    looked_around = now
                    await self._look_around()
                for job in await self._take():
                    self._busy.add(job.lane)
                    lanes.create_task(self._work(job))
                await self._rest()

    async def _look_around(self) -> None:
        """Make sure of our own seat, and work on for whoever left theirs."""
        try:
            if await self._seat.look_around():
                structlog.get_logger().warning("inbox.adopted")
        except DatabaseLost as trouble:
            structlog.get_logger().warning("inbox.no_seat", kind=str(trouble))

    async def _take(self) -> list[Job]:
        """What there is to do; nothing while no seat is held, since somebody else may be doing it."""
        free = CHATS_AT_ONCE - len(self._busy)
        if not free:
            return []
        try:
            seat = await self._seated()
            return await self._clinic.read(next_jobs, frozenset(self._busy), free, seat)
        except DatabaseLost as trouble:
            structlog.get_logger().warning("inbox.trouble", kind=str(trouble))
            return []

    async def _seated(self) -> int:
        number = self._seat.number
        return await self._seat.sit() if number is None else number

    async def _rest(self) -> None:
        seconds = LONGEST_REST_SECONDS
        with suppress(DatabaseLost):
            due = await self._clinic.read(next_due, frozenset(self._busy), await self._seated())
            if due is not None:
                seconds = min(seconds, max((due - self._clinic.clock.now()).total_seconds(), 0.05))
        with suppress(TimeoutError):
            await asyncio.wait_for(self._bell.wait(), seconds)

    async def _work(self, job: Job) -> None:
        """One update from its forms to its "done"; the lane is free again whatever happens."""
        try:
            await self._try(job)
        except Exception as trouble:
            # Not even the outcome could be written: the update is still in the inbox, and its turn comes again.
            structlog.get_logger().error("update.unsettled", kind=type(trouble).__name__, update=job.key)
            await asyncio.sleep(FIRST_PAUSE.total_seconds())
        finally:
            self._busy.discard(job.lane)
            self.wake()

    async def _try(self, job: Job) -> None:
        at_work = Forms(job.forms)
        forms.set(at_work)
        cause.set(Cause(job.key))
        log = structlog.get_logger().bind(update=job.key)
        try:
            await self._dispatcher.feed_update(self._bot, self._read(job))
        except TelegramRetryAfter as wait:
            log.warning("update.told_to_wait", seconds=wait.retry_after)
            await self._postpone(job, timedelta(seconds=wait.retry_after), counts=False)
        except OUTAGES as outage:
            self._outages[job.lane] += 1
            pause = min(FIRST_PAUSE * 2 ** min(self._outages[job.lane] - 1, 10), LONGEST_PAUSE)
            log.warning("update.waits", kind=type(outage).__name__, seconds=pause.total_seconds())
            await self._postpone(job, pause, counts=False)
        except TelegramForbiddenError:
            log.info("update.nobody_listens")
            await self._clinic(note_reachability, ChatId(chat_of(job.payload) or 0), False)
            await self._finish(job, Forms({}))
        except Exception as crash:
            log.exception("update.crashed", kind=type(crash).__name__, tries=job.tries + 1)
            if job.tries + 1 < MOST_TRIES:
                await self._postpone(job, FIRST_PAUSE * 2**job.tries, counts=True)
            else:
                await self._give_up(job)
        else:
            reach("before done")
            await self._finish(job, at_work)
            self._outages.pop(job.lane, None)

    def _read(self, job: Job) -> Update:
        try:
            return Update.model_validate(job.payload, context={"bot": self._bot})
        except ValidationError as fault:
            # Its own text would repeat what the person wrote.
            raise UnreadableUpdate(f"{fault.error_count()} faults") from None

    async def _finish(self, job: Job, at_work: Forms) -> None:
        chat = chat_of(job.payload)
        await self._clinic(finish_update, job.key, at_work.close(), None if chat is None else ChatId(chat))

    async def _postpone(self, job: Job, pause: timedelta, *, counts: bool) -> None:
        await self._clinic(postpone_update, job.key, self._clinic.clock.now() + pause, counts)
