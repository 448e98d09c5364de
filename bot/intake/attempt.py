"""One update at work, from its forms to its "done"; and what each kind of failure means for it."""

import asyncio
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

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
from bot.metrics import Metrics
from core.clinic import Clinic
from core.errors import DatabaseLost
from core.failpoints import reach
from core.identity.note_reachability import note_reachability
from core.identity.person import ChatId
from core.intake.cause import Cause, cause
from core.intake.finish_update import finish_update
from core.intake.postpone_update import postpone_update
from core.intake.update import MOST_TRIES, Job
from dialogs.kit.screen import shown

FIRST_PAUSE: Final = timedelta(seconds=1)
LONGEST_PAUSE: Final = timedelta(seconds=30)
OUTAGES: Final = (TelegramNetworkError, TelegramServerError, DatabaseLost)


class UnreadableUpdate(ValueError):
    """The messenger sent something that is no update."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """`following` is the chat's next update, in hand already; `due_at` when this one's turn comes again.

    `unsure`: something may be in this seat's hands that nobody told us of.
    """

    following: Job | None = None
    due_at: datetime | None = None
    unsure: bool = False


def _log(job: Job) -> Any:
    return structlog.get_logger().bind(update=job.key)


class Attempt:
    def __init__(self, clinic: Clinic, dispatcher: Dispatcher, bot: Bot, give_up: GiveUp, metrics: Metrics) -> None:
        self._clinic = clinic.clockwork
        self._dispatcher = dispatcher
        self._bot = bot
        self._give_up = give_up
        self._metrics = metrics
        self._outages: Counter[str] = Counter()

    async def __call__(self, job: Job, goes_on: Callable[[], bool]) -> Outcome:
        """Work on the update and write down what came of it; raises only where that cannot be written.

        `goes_on`: whether the chat's next may be taken, asked when this one is finished.
        """
        at_work = Forms(job.forms)
        forms.set(at_work)
        cause.set(Cause(job.key))
        shown.set(None)
        try:
            await self._dispatcher.feed_update(self._bot, self._read(job))
        except TelegramRetryAfter as wait:
            _log(job).warning("update.told_to_wait", seconds=wait.retry_after)
            return await self._postpone(job, timedelta(seconds=wait.retry_after), "told_to_wait")
        except OUTAGES as outage:
            self._outages[job.lane] += 1
            pause = min(FIRST_PAUSE * 2 ** min(self._outages[job.lane] - 1, 10), LONGEST_PAUSE)
            _log(job).warning("update.waits", kind=type(outage).__name__, seconds=pause.total_seconds())
            return await self._postpone(job, pause, "waits")
        except TelegramForbiddenError:
            _log(job).info("update.nobody_listens")
            await self._clinic(note_reachability, ChatId(chat_of(job.payload) or 0), False)
            return await self._finish(job, Forms({}), goes_on, "nobody_listens")
        except UnreadableUpdate as fault:
            _log(job).error("update.unreadable", what=str(fault))
            await self._give_up(job)
            return self._noted(job, "set_aside", Outcome())
        except Exception as crash:
            _log(job).exception("update.crashed", kind=type(crash).__name__, tries=job.tries + 1)
            if job.tries + 1 < MOST_TRIES:
                return await self._postpone(job, FIRST_PAUSE * 2**job.tries, "crashed", counts=True)
            await self._give_up(job)
            return self._noted(job, "set_aside", Outcome())
        reach("before done")
        self._outages.pop(job.lane, None)
        return await self._finish(job, at_work, goes_on, "done")

    def _read(self, job: Job) -> Update:
        try:
            return Update.model_validate(job.payload, context={"bot": self._bot})
        except ValidationError as fault:
            # Its own text would repeat what the person wrote.
            raise UnreadableUpdate(f"{fault.error_count()} faults") from None

    async def _finish(self, job: Job, at_work: Forms, goes_on: Callable[[], bool], word: str) -> Outcome:
        """Everything is done, and the person has seen it: while the database is away, only the writing is repeated."""
        chat = chat_of(job.payload)
        chat_id, changed, unsure = None if chat is None else ChatId(chat), at_work.close(), False
        while True:
            try:
                more = goes_on() and not unsure
                following = await self._clinic(finish_update, job.key, job.seat, changed, chat_id, more)
                return self._noted(job, word, Outcome(following, unsure=unsure))
            except DatabaseLost:
                if not goes_on():
                    raise
                _log(job).warning("update.unwritten")
                unsure = True
                await asyncio.sleep(FIRST_PAUSE.total_seconds())

    async def _postpone(self, job: Job, pause: timedelta, word: str, *, counts: bool = False) -> Outcome:
        due_at = self._clinic.clock.now() + pause
        await self._clinic(postpone_update, job.key, job.seat, due_at, counts)
        return self._noted(job, word, Outcome(due_at=due_at))

    def _noted(self, job: Job, word: str, outcome: Outcome) -> Outcome:
        seconds = (self._clinic.clock.now() - job.received_at).total_seconds()
        self._metrics.update_ended(word, shown.get(), seconds)
        return outcome
