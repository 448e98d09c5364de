"""Several processes at one inbox: each has its seat, a chat keeps its order, and nobody's part is left lying."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from core.identity.person import CLOCKWORK
from core.intake.finish_update import finish_update
from core.intake.postpone_update import postpone_update
from core.intake.questions import next_due, next_jobs, other_seats
from core.intake.receive_updates import receive_updates
from core.intake.seat import Seat
from core.intake.set_update_aside import set_update_aside
from core.intake.update import Arrival
from tests.stage.house import House, open_house
from tests.stage.small_clinic import MARIA, MONDAY

PATIENCE_SECONDS = 20
NOBODY: frozenset[str] = frozenset()
END_LOCKS = """SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE datname = current_database() AND application_name = 'reception lock'"""


@pytest.fixture
async def other(house: House) -> AsyncIterator[House]:
    async with open_house(house.database_url, house.clock) as opened:
        yield opened


@pytest.fixture
async def seats(house: House, other: House) -> AsyncIterator[tuple[Seat, Seat]]:
    """Two processes that sit down one after the other."""
    first, second = Seat(house.clinic), Seat(other.clinic)
    assert [await first.sit(), await second.sit()] == [0, 1]
    yield first, second
    await first.leave()
    await second.leave()


async def receives(house: House, seat: int, *numbers: int, lane: str = "A") -> None:
    arrivals = tuple(Arrival(f"7:{number}", lane, {"update_id": number}) for number in numbers)
    await house.clinic(receive_updates, arrivals, seat)


async def keys(house: House, seat: int) -> list[str]:
    return [job.key for job in await house.clinic.read(next_jobs, NOBODY, 16, seat)]


async def test_each_sits_where_nobody_does(seats: tuple[Seat, Seat], other: House) -> None:
    first, second = seats
    assert [first.number, second.number] == [0, 1]
    assert [await first.sit(), await second.sit()] == [0, 1]
    await first.leave()
    assert first.number is None
    third = Seat(other.clinic)
    assert await third.sit() == 0
    await third.leave()


async def test_each_seat_works_on_its_own(house: House) -> None:
    await receives(house, 0, 1, lane="A")
    await receives(house, 1, 2, lane="B")
    assert await keys(house, 0) == ["7:1"]
    assert await keys(house, 1) == ["7:2"]


async def test_a_chat_keeps_its_order_over_all_seats(house: House) -> None:
    await receives(house, 1, 1)
    await receives(house, 0, 2)
    assert await keys(house, 0) == []
    assert await house.clinic.read(next_due, NOBODY, 0) is None
    await house.clinic(finish_update, "7:1", {}, None)
    assert await keys(house, 0) == ["7:2"]
    assert await house.clinic.read(next_due, NOBODY, 0) == MONDAY


async def test_what_waits_for_the_living_is_left_to_them(house: House, seats: tuple[Seat, Seat]) -> None:
    await receives(house, 0, 1)
    assert not await seats[1].look_around()
    assert await keys(house, 0) == ["7:1"]


async def test_what_waits_for_a_seat_that_was_left_is_adopted(house: House, seats: tuple[Seat, Seat]) -> None:
    await receives(house, 0, 1, 2)
    await receives(house, 7, 3, lane="B")
    await house.clinic(set_update_aside, "7:2", b"sealed")
    await seats[0].leave()
    assert await seats[1].look_around()
    assert await keys(house, 1) == ["7:1", "7:3"]
    assert await house.clinic.read(other_seats, 1) == frozenset()
    assert house.row("SELECT seat FROM inbox WHERE key = '7:2'") == (0,)
    assert not await seats[1].look_around()


async def test_a_seat_that_was_looked_at_is_free_again(house: House, seats: tuple[Seat, Seat], other: House) -> None:
    await receives(house, 0, 1)
    await seats[0].leave()
    await seats[1].look_around()
    third = Seat(other.clinic)
    assert await third.sit() == 0
    await third.leave()


@pytest.mark.parametrize("engine", ["postgresql"])
async def test_a_seat_whose_lock_was_lost_is_no_seat_until_one_is_taken_anew(
    house: House, seats: tuple[Seat, Seat]
) -> None:
    first, second = seats
    house.rows(END_LOCKS)
    async with asyncio.timeout(PATIENCE_SECONDS):
        while first.number is not None or second.number is not None:  # noqa: ASYNC110 - the server
            await asyncio.sleep(0.01)
    assert await second.sit() == 1
    third = Seat(house.clinic)
    assert await third.sit() == 0
    assert await first.sit() == 2
    await third.leave()


async def test_what_another_has_finished_stays_finished(house: House) -> None:
    await receives(house, 0, 1)
    await house.clinic(finish_update, "7:1", {"stack": "theirs"}, None)
    await house.clinic(finish_update, "7:1", {"stack": "ours", "more": 1}, None)
    await house.clinic(postpone_update, "7:1", MONDAY, True)
    assert not await house.clinic(set_update_aside, "7:1", b"sealed")
    assert house.row("SELECT state, tries, sealed FROM inbox") == ("done", 0, None)
    assert [content for (content,) in house.rows("SELECT content FROM forms")] in (["theirs"], ['"theirs"'])


async def test_what_another_has_set_aside_stays_aside(house: House) -> None:
    await receives(house, 0, 1)
    assert await house.clinic(set_update_aside, "7:1", b"theirs")
    await house.clinic(finish_update, "7:1", {"stack": "ours"}, None)
    assert house.row("SELECT state, sealed FROM inbox") == ("set_aside", b"theirs")
    assert not house.rows("SELECT * FROM forms")


async def test_the_seats_are_the_houses_own(house: House) -> None:
    assert house.clinic.person is CLOCKWORK
    with pytest.raises(PermissionError):
        await house.as_(MARIA).read(other_seats, 0)
