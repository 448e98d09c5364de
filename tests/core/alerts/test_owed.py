"""What is owed is leased in order, judged anew, and ended once."""

from datetime import timedelta

import pytest

from core.alerts.alert import FIRST_PAUSE, LEASE, LONGEST_PAUSE, AlertId, AlertKind, AlertState
from core.alerts.claim_due_alerts import claim_due_alerts
from core.alerts.owed import CONFIRMED_BY, MAY_TAKE, credentials
from core.alerts.put_back_alert import put_back_alert
from core.alerts.questions import letters_of
from core.errors import NotFound
from core.facility.profile import Channel
from core.identity.person import AccountId
from core.transaction import Transaction
from core.visits.book_visit import book_visit
from core.visits.cancel_visit import cancel_visit
from core.visits.move_visit import move_visit
from core.visits.visit import VisitId
from tests.core.alerts.owing import claim, claim_one, letter_of, settle
from tests.stage.house import House
from tests.stage.small_clinic import MARIA, MONDAY, NOWAK, OLGA, PAOLO

INSTANT, SECOND = timedelta(microseconds=1), timedelta(seconds=1)


@pytest.fixture
async def visit(house: House) -> VisitId:
    """Maria's, booked a moment ago."""
    return await house.as_(MARIA)(book_visit, house.slot(NOWAK, 24, 9))


def state(house: House) -> tuple[object, ...]:
    return house.row("SELECT state, tries FROM alerts WHERE kind = 'visit_booked' AND channel = 'telegram'")


def test_every_kind_has_a_channel_that_may_take_it() -> None:
    assert set(MAY_TAKE) == set(AlertKind)
    assert all(channels == tuple(sorted(channels, key=list(Channel).index)) for channels in MAY_TAKE.values())
    assert all(MAY_TAKE.values())
    assert all(set(channels) <= set(MAY_TAKE[kind]) for kind, channels in CONFIRMED_BY.items())


@pytest.mark.rule("DIAMED-2")
async def test_a_booking_is_confirmed_at_once_by_telegram_and_by_e_mail(house: House, visit: VisitId) -> None:
    due = "SELECT channel, kind FROM alerts WHERE visit_id = ? AND due_at = owed_at ORDER BY channel"
    assert house.rows(due, visit) == [("email", "visit_booked"), ("telegram", "visit_booked")]


async def test_what_is_due_longest_is_handed_out_first(house: House) -> None:
    visits = []
    for minute, somebody in [(2, MARIA), (1, PAOLO), (3, OLGA)]:
        house.clock.moment = MONDAY + timedelta(minutes=minute)
        visits.append(await house.as_(somebody)(book_visit, house.slot(NOWAK, 24, 9 + minute - 1)))
    house.clock.moment = MONDAY + timedelta(minutes=3)
    find = "SELECT id FROM alerts WHERE visit_id = ? AND kind = 'visit_booked' AND channel = 'telegram'"
    ids = [house.row(find, visits[n])[0] for n in (1, 0, 2)]
    assert await claim(house, limit=2) == tuple(ids[:2])
    assert await claim(house, limit=2) == tuple(ids[2:])


@pytest.mark.usefixtures("visit")
async def test_what_is_in_somebodys_hands_is_handed_out_to_nobody_else(house: House) -> None:
    await claim_one(house)
    assert await claim(house) == ()
    house.clock.moment = MONDAY + LEASE - INSTANT
    assert await claim(house) == ()


@pytest.mark.usefixtures("visit")
async def test_each_channel_hands_out_its_own(house: House) -> None:
    assert await claim_one(house, Channel.TELEGRAM) != await claim_one(house, Channel.EMAIL)
    assert await claim(house, Channel.SMS) == ()


@pytest.mark.usefixtures("visit")
async def test_a_lease_that_ran_out_is_handed_out_once_more_and_then_left(house: House) -> None:
    first = await claim_one(house)
    house.clock.moment = MONDAY + LEASE
    assert await claim_one(house) == first
    house.clock.moment = MONDAY + 2 * LEASE
    assert await claim(house) == ()
    assert state(house) == ("uncertain", 2)


@pytest.mark.usefixtures("visit")
async def test_a_carrier_that_says_not_yet_is_asked_again_after_pauses_that_grow(house: House) -> None:
    pauses = []
    for _ in range(9):
        asked = house.clock.moment
        await house.clinic(put_back_alert, await claim_one(house), True)
        while not await house.clinic.read(lambda reading: reading.alerts.anything_due(Channel.TELEGRAM, reading.now)):
            house.clock.moment += timedelta(seconds=5)
        pauses.append(house.clock.moment - asked)

    assert pauses[:4] == [FIRST_PAUSE * factor for factor in (1, 2, 4, 8)]
    assert pauses == sorted(pauses)
    assert pauses[-1] == LONGEST_PAUSE
    assert state(house) == ("waiting", 0)


@pytest.mark.usefixtures("visit")
async def test_an_uncertain_one_is_tried_twice(house: House) -> None:
    for _ in range(2):
        await house.clinic(put_back_alert, await claim_one(house), False)
        house.clock.moment += timedelta(minutes=1)
    assert await claim(house) == ()
    assert state(house) == ("uncertain", 2)


ENDS = [AlertState.SENT, AlertState.REFUSED, AlertState.UNREACHABLE, AlertState.WITHDRAWN]


@pytest.mark.usefixtures("visit")
@pytest.mark.parametrize("end", ENDS)
async def test_what_ended_is_never_handed_out_again(house: House, end: AlertState) -> None:
    alert = await claim_one(house)
    await settle(house, alert, end)
    house.clock.moment += timedelta(hours=1)
    assert await claim(house) == ()
    assert house.row("SELECT state, ended_at FROM alerts WHERE id = ?", alert) == (
        end.value,
        "2026-11-23 09:00:00.000000",
    )


def owe_secret(tx: Transaction) -> None:
    tx.alerts.owe(credentials(AlertId(77), AccountId(MARIA.number), b"a password, sealed", tx.now))


def secret(house: House) -> object:
    return house.row("SELECT sealed FROM alerts WHERE id = 77")[0]


@pytest.mark.parametrize("end", ENDS)
async def test_a_secret_is_wiped_however_its_alert_ends(house: House, end: AlertState) -> None:
    await house.clinic(owe_secret)
    assert bytes(secret(house)) == b"a password, sealed"  # type: ignore[call-overload]
    await settle(house, await claim_one(house, Channel.EMAIL), end)
    assert secret(house) is None


async def test_a_secret_is_wiped_when_nobody_knows_whether_it_arrived(house: House) -> None:
    await house.clinic(owe_secret)
    for _ in range(2):
        await house.clinic(put_back_alert, await claim_one(house, Channel.EMAIL), False)
        assert secret(house) is not None
        house.clock.moment += timedelta(minutes=1)
    assert await claim(house, Channel.EMAIL) == ()
    assert secret(house) is None


async def test_a_secret_that_is_not_wanted_any_more_is_wiped_before_it_is_sent(house: House) -> None:
    await house.clinic(owe_secret)
    await house.clinic(lambda tx: tx.alerts.withdraw_letters(AccountId(MARIA.number), tx.now))
    assert secret(house) is None
    assert await claim(house, Channel.EMAIL) == ()


async def test_a_letter_is_true_while_its_visit_is_what_it_was(house: House, visit: VisitId) -> None:
    letter = await letter_of(house, await claim_one(house))
    assert letter.true
    assert [(card.id, card.doctor) for card in letter.visits] == [(visit, NOWAK.name)]
    assert (letter.reader.chat_id, letter.reader.email) == (None, "maria@example.com")


async def test_a_letter_about_a_moved_visit_is_no_longer_true(house: House, visit: VisitId) -> None:
    alert = await claim_one(house)
    await house.as_(MARIA)(move_visit, visit, house.slot(NOWAK, 25, 9))
    assert not (await letter_of(house, alert)).true


async def test_a_letter_about_a_cancelled_visit_is_no_longer_true(house: House, visit: VisitId) -> None:
    alert = await claim_one(house)
    await house.as_(MARIA)(cancel_visit, visit, None)
    assert not (await letter_of(house, alert)).true


async def test_what_was_sent_stays_sent_when_the_visit_moves(house: House, visit: VisitId) -> None:
    await settle(house, await claim_one(house), AlertState.SENT)
    await house.as_(MARIA)(move_visit, visit, house.slot(NOWAK, 25, 9))
    states = "SELECT kind, state FROM alerts WHERE channel = 'telegram' AND kind <> 'reminder' ORDER BY visit_version"
    assert house.rows(states) == [("visit_booked", "sent"), ("visit_moved", "waiting")]


@pytest.mark.rule("DIAMED-15")
async def test_a_cancellation_is_confirmed_by_e_mail_and_withdraws_the_rest(house: House, visit: VisitId) -> None:
    await house.as_(MARIA)(cancel_visit, visit, None)
    waiting = "SELECT channel, kind FROM alerts WHERE state = 'waiting'"
    assert house.rows(waiting) == [("email", "visit_cancelled")]


async def test_somebody_elses_alert_outlives_a_cancellation(house: House, visit: VisitId) -> None:
    await house.as_(PAOLO)(book_visit, house.slot(NOWAK, 25, 9))
    await house.as_(MARIA)(cancel_visit, visit, None)
    states = "SELECT account_id, state FROM alerts WHERE kind = 'visit_booked' AND channel = 'telegram' ORDER BY 1"
    assert house.rows(states) == [(31, "withdrawn"), (32, "waiting")]


@pytest.mark.usefixtures("visit")
async def test_alerts_are_in_the_houses_hands_alone(house: House) -> None:
    with pytest.raises(PermissionError):
        await house.as_(MARIA)(claim_due_alerts, Channel.TELEGRAM, 1)
    with pytest.raises(PermissionError):
        await house.as_(MARIA).read(letters_of, (AlertId(1),))


async def test_an_alert_that_does_not_exist_is_not_found(house: House) -> None:
    with pytest.raises(NotFound):
        await settle(house, AlertId(1), AlertState.SENT)
