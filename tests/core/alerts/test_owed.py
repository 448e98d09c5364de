"""What is owed is leased in order, judged anew, and ended once."""

from datetime import timedelta

import pytest

from core.alerts.alert import AlertId, AlertState
from core.alerts.claim_due_alerts import LEASE, claim_due_alerts
from core.alerts.put_back_alert import put_back_alert
from core.alerts.questions import letter_of
from core.alerts.settle_alert import settle_alert
from core.errors import NotFound
from core.visits.book_visit import book_visit
from core.visits.cancel_visit import cancel_visit
from core.visits.move_visit import move_visit
from core.visits.visit import VisitId
from tests.stage.house import House
from tests.stage.small_clinic import MARIA, MONDAY, NOWAK, PAOLO

INSTANT, SECOND = timedelta(microseconds=1), timedelta(seconds=1)


@pytest.fixture
async def visit(house: House) -> VisitId:
    """Maria's, booked a moment ago."""
    return await house.as_(MARIA)(book_visit, house.slot(NOWAK, 24, 9))


async def claim(house: House, limit: int = 64) -> tuple[int, ...]:
    return await house.clinic(claim_due_alerts, limit)


async def claim_one(house: House) -> AlertId:
    [alert] = await claim(house)
    return AlertId(alert)


def state(house: House) -> tuple[object, ...]:
    return house.row("SELECT state, tries FROM alerts")


async def test_what_is_due_longest_is_handed_out_first(house: House) -> None:
    visits = []
    for minute, hour in [(2, 9), (1, 10), (3, 11)]:
        house.clock.moment = MONDAY + timedelta(minutes=minute)
        visits.append(await house.as_(MARIA)(book_visit, house.slot(NOWAK, 24, hour)))
    ids = [house.row("SELECT id FROM alerts WHERE visit_id = ?", visits[n])[0] for n in (1, 0, 2)]
    assert await claim(house, limit=2) == tuple(ids[:2])
    assert await claim(house, limit=2) == (ids[2],)


@pytest.mark.usefixtures("visit")
async def test_what_is_in_somebodys_hands_is_handed_out_to_nobody_else(house: House) -> None:
    await claim_one(house)
    assert await claim(house) == ()
    house.clock.moment = MONDAY + LEASE - INSTANT
    assert await claim(house) == ()


@pytest.mark.usefixtures("visit")
async def test_a_lease_that_ran_out_is_handed_out_once_more_and_then_left(house: House) -> None:
    first = await claim_one(house)
    house.clock.moment = MONDAY + LEASE
    assert await claim_one(house) == first
    house.clock.moment = MONDAY + 2 * LEASE
    assert await claim(house) == ()
    assert state(house) == ("uncertain", 2)


@pytest.mark.usefixtures("visit")
async def test_a_certain_failure_is_no_try(house: House) -> None:
    for _ in range(10):
        await house.clinic(put_back_alert, await claim_one(house), MONDAY, True)
    assert state(house) == ("waiting", 0)


@pytest.mark.usefixtures("visit")
async def test_an_uncertain_one_is_tried_twice(house: House) -> None:
    for _ in range(2):
        await house.clinic(put_back_alert, await claim_one(house), MONDAY, False)
    assert await claim(house) == ()
    assert state(house) == ("uncertain", 2)


@pytest.mark.usefixtures("visit")
async def test_what_was_put_back_waits_for_its_time(house: House) -> None:
    await house.clinic(put_back_alert, await claim_one(house), MONDAY + SECOND, True)
    assert await claim(house) == ()
    house.clock.moment += SECOND
    await claim_one(house)


@pytest.mark.usefixtures("visit")
@pytest.mark.parametrize("end", [AlertState.SENT, AlertState.REFUSED, AlertState.UNREACHABLE, AlertState.WITHDRAWN])
async def test_what_ended_is_never_handed_out_again(house: House, end: AlertState) -> None:
    await house.clinic(settle_alert, await claim_one(house), end)
    house.clock.moment += timedelta(days=1)
    assert await claim(house) == ()
    assert house.row("SELECT state, ended_at FROM alerts") == (end.value, "2026-11-23 09:00:00.000000")


async def test_a_letter_is_true_while_its_visit_is_what_it_was(house: House, visit: VisitId) -> None:
    letter = await house.clinic.read(letter_of, await claim_one(house))
    assert letter.true
    assert (letter.visit.id, letter.visit.doctor, letter.destination) == (visit, NOWAK.name, None)


async def test_a_letter_about_a_moved_visit_is_no_longer_true(house: House, visit: VisitId) -> None:
    alert = await claim_one(house)
    await house.as_(MARIA)(move_visit, visit, house.slot(NOWAK, 25, 9))
    assert not (await house.clinic.read(letter_of, alert)).true


async def test_a_letter_about_a_cancelled_visit_is_no_longer_true(house: House, visit: VisitId) -> None:
    alert = await claim_one(house)
    await house.as_(MARIA)(cancel_visit, visit, None)
    assert not (await house.clinic.read(letter_of, alert)).true


async def test_what_was_sent_stays_sent_when_the_visit_moves(house: House, visit: VisitId) -> None:
    await house.clinic(settle_alert, await claim_one(house), AlertState.SENT)
    await house.as_(MARIA)(move_visit, visit, house.slot(NOWAK, 25, 9))
    assert house.rows("SELECT state FROM alerts ORDER BY visit_version") == [("sent",), ("waiting",)]


async def test_somebody_elses_alert_outlives_a_cancellation(house: House, visit: VisitId) -> None:
    await house.as_(PAOLO)(book_visit, house.slot(NOWAK, 25, 9))
    await house.as_(MARIA)(cancel_visit, visit, None)
    assert house.rows("SELECT account_id, state FROM alerts ORDER BY 1") == [(31, "withdrawn"), (32, "waiting")]


@pytest.mark.usefixtures("visit")
async def test_alerts_are_in_the_houses_hands_alone(house: House) -> None:
    for use_case, given in ((claim_due_alerts, 1), (letter_of, 1)):
        with pytest.raises(PermissionError):
            await house.as_(MARIA)(use_case, given)  # type: ignore[arg-type]


async def test_an_alert_that_does_not_exist_is_not_found(house: House) -> None:
    with pytest.raises(NotFound):
        await house.clinic(settle_alert, AlertId(1), AlertState.SENT)
