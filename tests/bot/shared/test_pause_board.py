"""What Telegram asked of one replica, all wait out: told through the database, by the clinic's clock."""

from datetime import timedelta

import pytest

from bot.pace import SharedPace
from bot.shared.pause_board import CARRIER, PauseBoard
from core.alerts.note_pause import note_pause
from core.alerts.questions import pause_until
from tests.stage.house import House
from tests.stage.memory import ENGINES


@pytest.fixture(params=ENGINES)
def engine(request: pytest.FixtureRequest) -> str:
    name: str = request.param
    return name


class Replica:
    """A pace by a stopwatch of its own, and its place at the board."""

    def __init__(self, house: House, started_at: float = 0.0) -> None:
        self.stopwatch = started_at
        self.pace = SharedPace(lambda: self.stopwatch)
        self.board = PauseBoard(house.clinic, self.pace)


@pytest.fixture
def told(house: House) -> Replica:
    return Replica(house)


@pytest.fixture
def other(house: House) -> Replica:
    """On another machine, which was started at another time."""
    return Replica(house, started_at=86_400.0)


async def test_one_is_told_and_the_other_waits(told: Replica, other: Replica) -> None:
    told.pace.pause(7)
    await told.board.exchange()
    await other.board.exchange()
    assert other.pace.paused_for == pytest.approx(7)


async def test_whoever_hears_later_waits_for_the_rest(house: House, told: Replica, other: Replica) -> None:
    told.pace.pause(7)
    await told.board.exchange()
    house.clock.moment += timedelta(seconds=5)
    await other.board.exchange()
    assert other.pace.paused_for == pytest.approx(2)


async def test_the_longer_of_two_waits_counts_for_both(told: Replica, other: Replica) -> None:
    told.pace.pause(7)
    other.pace.pause(3)
    for replica in (told, other, told):
        await replica.board.exchange()
    assert told.pace.paused_for == other.pace.paused_for == pytest.approx(7)


async def test_a_longer_wait_asked_of_the_other_reaches_the_first(told: Replica, other: Replica) -> None:
    for replica, seconds in ((told, 3), (other, 7)):
        replica.pace.pause(seconds)
    for replica in (told, other, told):
        await replica.board.exchange()
    assert told.pace.paused_for == other.pace.paused_for == pytest.approx(7)


async def test_a_wait_that_is_over_holds_up_nobody(house: House, told: Replica, other: Replica) -> None:
    told.pace.pause(7)
    await told.board.exchange()
    house.clock.moment += timedelta(seconds=8)
    await other.board.exchange()
    assert other.pace.paused_for == 0


async def test_a_later_wait_is_told_anew(house: House, told: Replica, other: Replica) -> None:
    told.pace.pause(2)
    for replica in (told, other):
        await replica.board.exchange()
    house.clock.moment += timedelta(seconds=60)
    told.stopwatch += 60
    other.stopwatch += 60
    told.pace.pause(4)
    for replica in (told, other):
        await replica.board.exchange()
    assert other.pace.paused_for == pytest.approx(4)


async def test_a_clock_that_is_set_back_prolongs_no_wait(house: House, told: Replica, other: Replica) -> None:
    told.pace.pause(7)
    for replica in (told, other):
        await replica.board.exchange()
    house.clock.moment -= timedelta(hours=1)
    for replica in (told, other):
        await replica.board.exchange()
    assert told.pace.paused_for == other.pace.paused_for == pytest.approx(7)


async def test_nothing_is_written_while_nobody_waits(house: House, told: Replica) -> None:
    await told.board.exchange()
    assert house.rows("SELECT * FROM pauses") == []


async def test_what_stands_there_is_not_written_again(house: House, told: Replica, other: Replica) -> None:
    told.pace.pause(7)
    await told.board.exchange()
    noted = house.rows("SELECT * FROM pauses")
    house.clock.moment += timedelta(milliseconds=10)  # the stopwatches run a little behind it
    for replica in (other, told, other):
        await replica.board.exchange()
    assert house.rows("SELECT * FROM pauses") == noted


async def test_a_noted_wait_is_never_shortened(house: House) -> None:
    now = house.clock.moment
    for seconds in (5, 9, 1):
        await house.clinic(note_pause, CARRIER, now + timedelta(seconds=seconds))
    assert await house.clinic.read(pause_until, CARRIER) == now + timedelta(seconds=9)


async def test_carriers_wait_each_for_itself(house: House) -> None:
    await house.clinic(note_pause, "sms", house.clock.moment)
    assert await house.clinic.read(pause_until, CARRIER) is None
