"""PostgreSQL goes away in the middle of bookings: nothing is lost or done twice, and people get their answers."""

import asyncio

import pytest

from tests.e2e.outages import balances, more_are_booked, people_who_book
from tests.peers.postgresql import cluster, standby_of, url_of
from tests.stage.stage import furnish_database, open_stage

pytestmark = pytest.mark.timeout(300)
VISITS = 2
STOPS = 2


async def test_bookings_go_on_over_a_postgresql_that_stops_and_starts() -> None:
    async with cluster() as server:
        await asyncio.to_thread(furnish_database, server.url)
        async with open_stage(server.url) as stage:
            async with people_who_book(stage, VISITS):
                for _ in range(STOPS):
                    await more_are_booked(stage)
                    await server.stops_at_once()
                    await server.starts()
            await balances(stage, STOPS)


async def test_bookings_go_on_over_a_standby_that_takes_over() -> None:
    async with cluster() as primary:
        await asyncio.to_thread(furnish_database, primary.url)
        async with standby_of(primary, synchronous=True) as standby, open_stage(url_of(primary, standby)) as stage:
            async with people_who_book(stage, VISITS):
                await more_are_booked(stage)
                await primary.is_killed()
                await standby.is_promoted()
            await balances(stage, 1)
