"""Clients of a database that write without a pause, and remember what they were told is kept."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from itertools import count
from random import Random
from typing import Final

from core.clinic import Clinic
from core.errors import DatabaseLost
from core.identity.greet_chat import greet_chat
from core.identity.person import CLOCKWORK, ChatId
from core.storage.database import ANSWER_SECONDS, Database
from tests.peers.postgresql import Cluster
from tests.stage.house import PROFILE
from tests.stage.stage import StandingClock

AT_ONCE: Final = 8
PATIENCE_SECONDS: Final = 60
PAUSE_SECONDS: Final = 0.05


class Writers:
    """`kept` are the writes that the clinic said it has, in order."""

    def __init__(self, clinic: Clinic) -> None:
        self._clinic = clinic
        self._numbers = count(1)
        self.kept: list[int] = []

    async def keep(self, more: int) -> None:
        """Wait until so many more are kept."""
        enough = len(self.kept) + more
        async with asyncio.timeout(PATIENCE_SECONDS):
            while len(self.kept) < enough:  # noqa: ASYNC110 - the others write
                await asyncio.sleep(0.001)

    async def write(self) -> None:
        """Until cancelled, each write as soon as the one before is kept; one that failed stays unsaid."""
        for number in self._numbers:
            try:
                await self._clinic(greet_chat, ChatId(number), "en")
            except DatabaseLost:
                await asyncio.sleep(PAUSE_SECONDS)
            else:
                self.kept.append(number)

    def lost_by(self, survivor: Cluster) -> set[int]:
        """What somebody was told is kept, and is not there."""
        return set(self.kept) - {chat for (chat,) in survivor.rows("SELECT id FROM chats")}


def clinic_with(database: Database, patience: float = ANSWER_SECONDS) -> Clinic:
    return Clinic(database, PROFILE, StandingClock(), Random(1), CLOCKWORK, patience)


@asynccontextmanager
async def writers_in(database: Database, patience: float = ANSWER_SECONDS) -> AsyncIterator[Writers]:
    """They write until the end of the block; a silent machine has so many seconds."""
    writers = Writers(clinic_with(database, patience))
    try:
        async with asyncio.TaskGroup() as tasks:
            at_work = [tasks.create_task(writers.write()) for _ in range(AT_ONCE)]
            yield writers
            for writer in at_work:
                writer.cancel()
    finally:
        await database.close()
