"""A clinic's own PostgreSQL goes away, and comes back, or another takes its place."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from itertools import count
from random import Random

import pytest

from core.clinic import Clinic
from core.errors import DatabaseLost
from core.identity.greet_chat import greet_chat
from core.identity.person import CLOCKWORK, ChatId
from core.storage.database import Database
from tests.peers.postgresql import Cluster, cluster, standby_of, url_of
from tests.peers.wire import long_wire
from tests.stage.house import PROFILE
from tests.stage.stage import StandingClock, furnish_database

WRITERS = 8
WIRE_SECONDS = 0.02
PATIENCE_SECONDS = 30


@asynccontextmanager
async def clinic_on(*clusters: Cluster) -> AsyncIterator[Clinic]:
    database = Database.at(url_of(*clusters))
    try:
        yield Clinic(database, PROFILE, StandingClock(), Random(1), CLOCKWORK)
    finally:
        await database.close()


class Writers:
    """They write for ever, each as soon as it was told that the last write is kept."""

    def __init__(self, clinic: Clinic) -> None:
        self._clinic = clinic
        self._numbers = count(1)
        self.kept: list[int] = []
        self.trouble=[]

    async def keep(self, more: int) -> None:
        """Wait until so many more are kept."""
        enough = len(self.kept) + more
        async with asyncio.timeout(PATIENCE_SECONDS):
            while len(self.kept) < enough:
                await asyncio.sleep(0.001)

    async def write(self) -> None:
        while True:
            number = next(self._numbers)
            try:
                await self._clinic(greet_chat, ChatId(number), "en")
            except DatabaseLost as e:
                self.trouble.append(e)
                await asyncio.sleep(0.05)
            else:
                self.kept.append(number)
    def lost(self, survivor: Cluster) -> set[int]:
        return set(self.kept) - {chat for (chat,) in survivor.rows("SELECT id FROM chats")}

@pytest.mark.parametrize("synchronous",[True,False])
async def test_x(synchronous) -> None:
    async with cluster() as primary:
        await asyncio.to_thread(furnish_database, primary.url)
        async with long_wire(primary.port, WIRE_SECONDS) as wire, standby_of(primary, synchronous=synchronous, wire=wire) as standby:
            async with clinic_on(primary, standby) as clinic, asyncio.TaskGroup() as tasks:
                writers = Writers(clinic)
                ts=[tasks.create_task(writers.write()) for _ in range(8)]
                await writers.keep(300)
                await primary.is_killed()
                await standby.is_promoted()
                print(len(writers.kept), writers.trouble[:3])
                await writers.keep(300)
                for t in ts: t.cancel()
            print(len(writers.kept), "lost", len(writers.lost(standby)), writers.trouble)
