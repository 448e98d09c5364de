"""Several processes at one inbox: each has its seat, a chat keeps its order, and nobody's part is left lying."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from core.identity.person import CLOCKWORK
from core.intake.finish_update import finish_update
from core.intake.keep_in_hand import keep_in_hand
from core.intake.postpone_update import postpone_update
from core.intake.questions import other_seats
from core.intake.receive_updates import receive_updates
from core.intake.seat import Seat
from core.intake.set_update_aside import set_update_aside
from core.intake.take_updates import take_updates
from core.intake.update import FRESH, LEASE, Arrival
from tests.stage.house import House, open_house
from tests.stage.small_clinic import MARIA, MONDAY

PATIENCE_SECONDS = 20
INSTANT = timedelta(microseconds=1)
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


async def receives(house: House, *numbers: int, lane: str = "A") -> None:
    arrivals = tuple(Arrival(f"7:{number}", lane, {"update_id": number}) for number in numbers)
    await house.clinic(receive_updates, arrivals, None, 0)


async def keys(house: House, seat: int, hands: int = 16) -> list[str]:
    return [job.key for job in await house.clinic(take_updates, seat, hands)]


async def test_each_sits_where_nobody_does(seats: tuple[Seat, Seat], other: House) -> None:
    first, second = seats
    assert [first.number, second.number] == [0, 1]
    assert [await first.sit(), await second.sit()] == [0, 1]
    await first.leave()
    assert first.number is None
    third = Seat(other.clinic)
    assert await third.sit() == 0
    await third.leave()


async def test_a_chat_keeps_its_order_over_all_seats(house: House) -> None:
    await receives(house, 1, 2)
    assert await keys(house, 1) == ["7:1"]
    assert await keys(house, 0) == []
    await house.clinic(finish_update, "7:1", 1, {}, None, False)
    assert await keys(house, 0) == ["7:2"]


async def test_of_many_who_take_at_once_each_gets_something_else(house: House, other: House) -> None:
    for number in range(1, 41):
        await receives(house, number, lane=str(number))
    desks = (house, other)
    taken = await asyncio.gather(*(keys(desks[n % 2], n, hands=4) for n in range(10)))
    everything = [key for some in taken for key in some]
    assert len(everything) == len(set(everything))
    everything += await keys(house, 10, hands=40)
    assert sorted(everything) == sorted(f"7:{number}" for number in range(1, 41))


async def test_the_living_are_counted(seats: tuple[Seat, Seat]) -> None:
    first, second = seats
    await first.look_around()
    assert first.living == 2
    await second.leave()
    await first.look_around()
    assert first.living == 1


async def test_what_the_living_have_in_hand_is_left_to_them(house: House, seats: tuple[Seat, Seat]) -> None:
    await receives(house, 1)
    assert await keys(house, 0) == ["7:1"]
    assert not await seats[1].look_around()
    assert await keys(house, 1) == []


async def test_what_the_dead_had_in_hand_is_free_long_before_its_lease_ends(
    house: House, seats: tuple[Seat, Seat]
) -> None:
    await receives(house, 1, 2)
    await receives(house, 3, lane="B")
    assert await keys(house, 0, hands=1) == ["7:1"]
    assert await keys(house, 7) == ["7:3"]
    await seats[0].leave()
    assert await seats[1].look_around()
    assert await house.clinic.read(other_seats, 1) == frozenset()
    assert await keys(house, 1) == ["7:1", "7:3"]
    assert not await seats[1].look_around()


async def test_whoever_sits_down_lets_go_of_what_the_last_one_there_had(
    house: House, seats: tuple[Seat, Seat], other: House
) -> None:
    await receives(house, 1)
    assert await keys(house, 0) == ["7:1"]
    await seats[0].leave()
    third = Seat(other.clinic)
    assert await third.sit() == 0
    assert await keys(house, 0) == ["7:1"]
    await third.leave()


async def test_what_is_worked_on_for_long_is_kept_and_what_was_forgotten_is_let_go(house: House) -> None:
    await receives(house, 1, 2, lane="A")
    await receives(house, 3, lane="B")
    assert await keys(house, 0) == ["7:1", "7:3"]
    house.clock.moment += FRESH
    await house.clinic(keep_in_hand, 0, ("7:1",))
    assert await keys(house, 1) == ["7:3"]
    house.clock.moment += LEASE - INSTANT
    assert await keys(house, 0) == []
    house.clock.moment += INSTANT
    assert await keys(house, 2, hands=1) == ["7:1"]


async def test_what_was_just_given_is_not_let_go_by_a_list_made_before(house: House) -> None:
    await receives(house, 1)
    assert await keys(house, 0) == ["7:1"]
    house.clock.moment += FRESH - INSTANT
    await house.clinic(keep_in_hand, 0, ("7:9",))
    assert await keys(house, 1) == []


async def test_a_seat_that_was_looked_at_is_free_again(house: House, seats: tuple[Seat, Seat], other: House) -> None:
    await receives(house, 1)
    await keys(house, 0)
    await seats[0].leave()
    assert await seats[1].look_around()
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
    await receives(house, 1)
    await keys(house, 0)
    await house.clinic(finish_update, "7:1", 0, {"stack": '"theirs"'}, None)
    await house.clinic(finish_update, "7:1", 0, {"stack": '"ours"', "more": "[1]"}, None)
    await house.clinic(postpone_update, "7:1", 0, MONDAY, True)
    assert not await house.clinic(set_update_aside, "7:1", 0, b"sealed", None)
    assert house.row("SELECT state, tries, sealed FROM inbox") == ("done", 0, None)
    assert [content for (content,) in house.rows("SELECT content FROM forms")] in (["theirs"], ['"theirs"'])


async def test_whoever_was_too_slow_writes_nothing_over_those_who_took_it_on(house: House) -> None:
    await receives(house, 1)
    await keys(house, 0)
    house.clock.moment += LEASE
    assert await keys(house, 1) == ["7:1"]
    assert await house.clinic(finish_update, "7:1", 0, {"stack": '"slow"'}, None) is None
    await house.clinic(postpone_update, "7:1", 0, MONDAY, True)
    assert not await house.clinic(set_update_aside, "7:1", 0, b"slow", None)
    assert house.row("SELECT state, tries, seat FROM inbox") == ("waiting", 0, 1)
    assert not house.rows("SELECT * FROM forms")


async def test_what_another_has_set_aside_stays_aside(house: House) -> None:
    await receives(house, 1)
    await keys(house, 0)
    assert await house.clinic(set_update_aside, "7:1", 0, b"theirs", None)
    await house.clinic(finish_update, "7:1", 0, {"stack": '"ours"'}, None)
    assert house.row("SELECT state, sealed FROM inbox") == ("set_aside", b"theirs")
    assert not house.rows("SELECT * FROM forms")


async def test_the_seats_are_the_houses_own(house: House) -> None:
    assert house.clinic.person is CLOCKWORK
    with pytest.raises(PermissionError):
        await house.as_(MARIA).read(other_seats, 0)
    with pytest.raises(PermissionError):
        await house.as_(MARIA)(keep_in_hand, 0, ())
