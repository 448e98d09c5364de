"""Each person's messages leave one after another on each channel, whoever carries them."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from threading import Event

import pytest

from core.alerts.alert import FIRST_PAUSE, LONGEST_PAUSE, SETBACKS_IN_ORDER, AlertId, AlertState
from core.alerts.claim_due_alerts import claim_due_alerts
from core.alerts.put_back_alert import put_back_alert
from core.alerts.questions import anything_due
from core.facility.profile import Channel
from core.transaction import Transaction
from core.visits.book_visit import book_visit
from core.visits.visit import VisitId
from tests.core.alerts.owing import claim, claim_one, settle, warsaw
from tests.stage.house import House, crowd, gather_crowd, open_house
from tests.stage.small_clinic import KRUK, LIS, MARIA, MONDAY, NOWAK, PAOLO

TELEGRAM = Channel.TELEGRAM
MINUTE = timedelta(minutes=1)


async def books(house: House, hour: int) -> VisitId:
    """Maria's visit at this hour tomorrow, a minute after the one before."""
    house.clock.moment += MINUTE
    return await house.as_(MARIA)(book_visit, house.slot(NOWAK, 24, hour))


def about(house: House, alert: AlertId) -> VisitId:
    return VisitId(house.row("SELECT visit_id FROM alerts WHERE id = ?", alert)[0])


async def test_the_next_message_is_handed_out_when_the_one_before_has_ended(house: House) -> None:
    visits = [await books(house, hour) for hour in (11, 10, 9)]

    told = []
    for _ in visits:
        alert = await claim_one(house)
        assert await claim(house) == ()
        assert not await house.clinic.read(anything_due, TELEGRAM)
        told.append(about(house, alert))
        await settle(house, alert, AlertState.SENT)

    assert told == visits


async def test_another_channel_does_not_wait(house: House) -> None:
    await books(house, 9)
    await books(house, 10)
    assert (len(await claim(house, TELEGRAM)), len(await claim(house, Channel.EMAIL))) == (1, 1)


@pytest.mark.parametrize("certain", [True, False])
async def test_what_is_to_be_tried_again_is_not_overtaken(house: House, certain: bool) -> None:
    first = await books(house, 9)
    second = await books(house, 10)
    await house.clinic(put_back_alert, await claim_one(house), certain)
    assert await claim(house) == ()

    house.clock.moment += FIRST_PAUSE

    told = []
    while claimed := await claim(house):
        told += [about(house, alert) for alert in claimed]
        await settle(house, claimed[0], AlertState.SENT)
    assert told == [first, second]


async def test_trouble_that_lasts_silences_nothing_that_comes_later(house: House) -> None:
    await books(house, 9)
    for _ in range(SETBACKS_IN_ORDER + 1):
        await house.clinic(put_back_alert, await claim_one(house), True)
        house.clock.moment += LONGEST_PAUSE
    await house.clinic(put_back_alert, await claim_one(house), True)

    second = await books(house, 10)

    assert about(house, await claim_one(house)) == second


async def test_what_waits_for_the_morning_holds_nothing_back(house: House) -> None:
    await books(house, 9)
    await claim(house)
    house.clock.moment = warsaw(23, 18)
    while claimed := await claim(house):
        await house.clinic(put_back_alert, claimed[0], True)
    house.clock.moment = warsaw(23, 21, 30)
    while claimed := await claim(house):
        await settle(house, claimed[0], AlertState.SENT)

    evening = await books(house, 11)

    assert about(house, await claim_one(house)) == evening


async def test_a_batch_is_so_many_people_however_much_one_of_them_is_owed(house: House) -> None:
    for hour in (9, 10, 11):
        await books(house, hour)
    house.clock.moment += MINUTE
    await house.as_(PAOLO)(book_visit, house.slot(LIS, 24, 9))

    whose = "SELECT account_id FROM alerts WHERE state = 'leased' ORDER BY due_at"
    assert len(await claim(house, limit=2)) == 2
    assert house.rows(whose) == [(MARIA.number,), (PAOLO.number,)]


@pytest.fixture
async def replica(house: House) -> AsyncIterator[House]:
    """A second process's view of the same database."""
    async with open_house(house.database_url, house.clock) as other:
        yield other


async def test_two_replicas_that_claim_at_once_never_share_one_persons_messages(house: House, replica: House) -> None:
    await house.clinic(gather_crowd)
    people = crowd()[:12]
    slots = iter(house.rows("SELECT id FROM slots WHERE starts_at > '2026-11-24' ORDER BY starts_at, doctor_id"))
    for _ in range(4):
        for person in people:
            await house.as_(person)(book_visit, next(slots)[0])
        house.clock.moment += MINUTE
    told: dict[int, list[str]] = {}

    async def carry(replica: House) -> None:
        while claimed := await replica.clinic(claim_due_alerts, TELEGRAM, 5):
            for alert in claimed:
                account, owed_at = replica.row("SELECT account_id, owed_at FROM alerts WHERE id = ?", alert)
                in_hand = "SELECT count(*) FROM alerts WHERE account_id = ? AND state = 'leased'"
                assert replica.row(in_hand, account) == (1,)
                told.setdefault(account, []).append(owed_at)
                await settle(replica, AlertId(alert), AlertState.SENT)

    while await house.clinic.read(anything_due, TELEGRAM):
        await asyncio.gather(*(carry(each) for each in (house, replica) for _ in range(3)))

    assert {len(moments) for moments in told.values()} == {4}
    assert all(moments == sorted(moments) for moments in told.values())
    assert len(told) == len(people)


def leases_slowly(tx: Transaction, leased: Event, go_on: Event) -> tuple[int, ...]:
    """One message is leased, and not committed before everybody else has had a look."""
    found = claim_due_alerts(tx, TELEGRAM, 1)
    tx.cases.cards()  # asking writes down what was changed
    leased.set()
    go_on.wait()
    return found


@pytest.mark.parametrize("engine", ["postgresql"])
@pytest.mark.usefixtures("engine")
async def test_whoever_is_being_claimed_for_is_passed_over_and_may_book_all_the_same(house: House) -> None:
    """Two transactions side by side: not even what comes to be owed meanwhile, and was due before, is shared out."""
    await books(house, 9)
    await house.as_(PAOLO)(book_visit, house.slot(KRUK, 25, 9))
    leased, go_on = Event(), Event()

    async def beside() -> tuple[int, ...]:
        async with open_house(house.database_url, house.clock) as replica:
            return await replica.clinic(leases_slowly, leased, go_on)

    async with asyncio.TaskGroup() as replicas:
        first = replicas.create_task(asyncio.to_thread(asyncio.run, beside()))
        await asyncio.to_thread(leased.wait)
        house.clock.moment = MONDAY - 2 * MINUTE
        await books(house, 10)
        house.clock.moment = MONDAY + MINUTE
        second = await claim(house, limit=5)
        go_on.set()

    whose = "SELECT account_id FROM alerts WHERE id = ?"
    assert [house.row(whose, alert)[0] for alert in (*first.result(), *second)] == [MARIA.number, PAOLO.number]
    assert await claim(house, limit=5) == ()
