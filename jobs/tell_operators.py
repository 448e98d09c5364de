"""New cases are told to the operators' own chat: in a few words, each once."""

import asyncio
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

import structlog

from core.clinic import Clinic
from core.errors import DatabaseLost
from core.lock import Lock
from core.support.card import CaseCard
from core.support.case import CaseId
from core.support.note_told import note_told
from core.support.page import cases_message
from core.support.questions import untold_cases
from jobs.courier import Delivery
from jobs.telegram.courier import TelegramCourier

# So many fit a message of Telegram's, whatever stands in their notes.
CASES_AT_ONCE: Final = 15
AFTER_TROUBLE: Final = timedelta(minutes=1)
BETWEEN_COMPLAINTS: Final = timedelta(hours=1)


class OperatorTeller:
    """One process tells at a time, under a lock that goes with it; the next one goes on with what is untold."""

    def __init__(self, clinic: Clinic, courier: TelegramCourier, lock: Lock, chat_id: int) -> None:
        self._clinic = clinic.clockwork
        self._courier = courier
        self._lock = lock
        self._chat_id = chat_id
        self._at_work = asyncio.Lock()
        self._stopping = False
        self._rests_until: datetime | None = None
        self._complained_at: datetime | None = None
        self._told: set[CaseId] = set()
        self._unsure: set[CaseId] = set()

    async def stop(self) -> None:
        """Return when nothing is on its way any more; what was not told stays untold."""
        self._stopping = True
        async with self._at_work:
            return

    async def tick(self) -> None:
        """Tell of everything that is new; what the chat does not take stays untold, and on the list."""
        async with self._at_work:
            try:
                if self._may_try():
                    await self._tell_alone()
            except DatabaseLost as trouble:
                structlog.get_logger().warning("operators.trouble", kind=str(trouble))

    async def _tell_alone(self) -> None:
        if not await self._clinic.read(untold_cases, 1):
            return
        try:
            if await self._lock.take():
                await self._tell_all()
        finally:
            await self._lock.let_go()

    def _may_try(self) -> bool:
        return self._rests_until is None or self._clinic.clock.now() >= self._rests_until

    async def _tell_all(self) -> None:
        """Message after message, until one does not get through."""
        await self._note_told()
        while not self._stopping and (cases := await self._clinic.read(untold_cases, CASES_AT_ONCE)):
            goes_on = await self._tell(cases)
            await self._note_told()
            if not goes_on:
                return

    async def _tell(self, cases: Sequence[CaseCard]) -> bool:
        """Whether it got through. What may have arrived is repeated once, and then taken as told."""
        told = {case.id for case in cases}
        carried = await self._courier.tell(self._chat_id, cases_message(cases, self._clinic.facility.timezone))
        match carried.delivery:
            case Delivery.SENT:
                self._told |= told
                self._unsure -= told
                self._complained_at = None
            case Delivery.MAYBE:
                self._told |= told & self._unsure
                self._unsure ^= told
                self._rest()
            case Delivery.BLOCKED | Delivery.REFUSED:
                self._rest()
                self._complain(carried.reason)
        return carried.delivery is Delivery.SENT

    async def _note_told(self) -> None:
        """What was told is remembered until it is written down, though the database be lost meanwhile."""
        if self._told:
            await self._clinic(note_told, tuple(self._told))
            self._told.clear()

    def _rest(self) -> None:
        self._rests_until = self._clinic.clock.now() + AFTER_TROUBLE

    def _complain(self, reason: str) -> None:
        """Once an hour: a chat that is not there stays so until somebody looks after it."""
        now = self._clinic.clock.now()
        if self._complained_at is None or now - self._complained_at >= BETWEEN_COMPLAINTS:
            self._complained_at = now
            structlog.get_logger().error("operators.not_told", reason=reason)
