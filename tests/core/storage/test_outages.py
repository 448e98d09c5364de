"""A PostgreSQL goes away and comes back, or another takes its place: what was said to be kept is there."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from core.errors import DatabaseLost
from core.identity.greet_chat import greet_chat
from core.identity.person import ChatId
from core.identity.questions import who_calls
from core.storage import connect
from core.storage.database import Database
from tests.peers.postgresql import Cluster, cluster, standby_of, url_of
from tests.peers.wire import long_wire
from tests.peers.writers import clinic_with, writers_in
from tests.stage.stage import furnish_database

SOME = 80
WIRE_SECONDS = 0.1


@pytest.fixture
async def primary() -> AsyncIterator[Cluster]:
    async with cluster() as made:
        await asyncio.to_thread(furnish_database, made.url)
        yield made


async def test_a_server_that_stops_and_starts_has_every_write_that_was_kept(primary: Cluster) -> None:
    async with writers_in(Database.at(primary.url)) as writers:
        await writers.keep(SOME)
        await primary.stops_at_once()
        await primary.starts()
        await writers.keep(SOME)
    assert writers.lost_by(primary) == set()


async def test_a_synchronous_standby_has_every_write_that_was_kept(primary: Cluster) -> None:
    async with (
        long_wire(primary.port, WIRE_SECONDS) as wire,
        standby_of(primary, synchronous=True, wire=wire) as standby,
        writers_in(Database.at(url_of(primary, standby))) as writers,
    ):
        await writers.keep(SOME)
        await primary.is_killed()
        await standby.is_promoted()
        await writers.keep(SOME)
        assert writers.lost_by(standby) == set()


async def test_a_server_that_falls_silent_hides_no_other(primary: Cluster, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connect, "HOST_SECONDS", 1)
    async with (
        standby_of(primary, synchronous=True) as standby,
        writers_in(Database.at(url_of(primary, standby)), patience=2) as writers,
    ):
        await writers.keep(SOME)
        primary.freezes()
        await standby.is_promoted()
        await writers.keep(SOME)
        assert writers.lost_by(standby) == set()


async def test_a_standby_that_is_not_promoted_yet_is_a_lost_database(primary: Cluster) -> None:
    async with standby_of(primary, synchronous=True) as standby:
        database = Database.at(url_of(primary, standby))
        clinic = clinic_with(database)
        await primary.is_killed()
        with pytest.raises(DatabaseLost):
            await clinic(greet_chat, ChatId(7), "en")
        with pytest.raises(DatabaseLost):
            await clinic.read(who_calls, ChatId(7), "en")
        with pytest.raises(DatabaseLost):
            await database.lock("seat-0").take()
        with pytest.raises(DatabaseLost):
            await database.count_held(["seat-0"])
        await database.close()


async def test_a_standby_that_lags_answers_no_question(primary: Cluster) -> None:
    async with standby_of(primary, synchronous=True) as standby:
        standby.rows("SELECT pg_wal_replay_pause()")
        database = Database.at(url_of(standby, primary))
        clinic = clinic_with(database)
        await clinic(greet_chat, ChatId(7), "en")
        assert (await clinic.read(who_calls, ChatId(7), "en")).known
        await database.close()
