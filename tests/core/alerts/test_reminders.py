"""The day before, at the hour that the person chose: once, together, and only while it is true (DIAMED-3)."""

from datetime import timedelta

import pytest

from core.alerts.alert import AlertKind, AlertState
from core.alerts.claim_due_alerts import claim_due_alerts
from core.alerts.put_back_alert import put_back_alert
from core.facility.profile import Channel
from core.visits.book_visit import book_visit
from core.visits.cancel_visit import cancel_visit
from core.visits.move_visit import move_visit
from tests.core.alerts.owing import claim, claim_one, is_quiet, letter_of, owed, reminded, settle, warsaw
from tests.stage.house import House, crowd, gather_crowd
from tests.stage.small_clinic import KRUK, LIS, MARIA, MONDAY, NOWAK, PAOLO

REMINDER = AlertKind.REMINDER
MINUTE = timedelta(minutes=1)


@pytest.mark.rule("DIAMED-3")
async def test_a_visit_is_reminded_of_the_day_before_at_six_in_the_evening(house: House) -> None:
    await house.as_(MARIA)(book_visit, house.slot(NOWAK, 25, 9))
    await is_quiet(house)

    house.clock.moment = warsaw(24, 18) - MINUTE
    assert await claim(house) == ()
    house.clock.moment = warsaw(24, 18)

    assert await reminded(house) == 1


async def test_whoever_books_after_the_reminders_hour_has_just_been_told(house: House) -> None:
    house.clock.moment = warsaw(23, 18)
    await house.as_(MARIA)(book_visit, house.slot(NOWAK, 24, 9))
    assert owed(house, REMINDER) == []

    house.clock.moment = warsaw(23, 18) - MINUTE
    await house.as_(MARIA)(book_visit, house.slot(NOWAK, 24, 10))
    assert owed(house, REMINDER) == [("telegram", "waiting")]


@pytest.mark.rule("DIAMED-3")
async def test_nobody_is_woken_although_the_desk_was_down_all_evening(house: House) -> None:
    await house.as_(MARIA)(book_visit, house.slot(NOWAK, 24, 9))
    await is_quiet(house)

    for moment in (warsaw(23, 21), warsaw(23, 23, 59), warsaw(24, 0), warsaw(24, 7, 59)):
        house.clock.moment = moment
        assert await claim(house) == ()
    house.clock.moment = warsaw(24, 8)

    assert await reminded(house) == 1


async def test_a_reminder_that_was_late_for_its_visit_is_not_sent(house: House) -> None:
    await house.as_(MARIA)(book_visit, house.slot(NOWAK, 24, 9))
    await is_quiet(house)

    house.clock.moment = warsaw(24, 9)

    letter = await letter_of(house, await claim_one(house))
    assert not letter.true


async def test_a_moved_visit_is_reminded_anew(house: House) -> None:
    visit = await house.as_(MARIA)(book_visit, house.slot(NOWAK, 24, 9))
    await is_quiet(house)
    house.clock.moment = warsaw(23, 18)
    await settle(house, await claim_one(house), AlertState.SENT)

    await house.as_(MARIA)(move_visit, visit, house.slot(KRUK, 26, 11))
    await is_quiet(house)
    house.clock.moment = warsaw(25, 18)

    assert await reminded(house) == 1
    assert owed(house, REMINDER) == [("telegram", "sent"), ("telegram", "leased")]


async def test_a_visit_that_moved_before_is_reminded_of_at_its_new_time_alone(house: House) -> None:
    visit = await house.as_(MARIA)(book_visit, house.slot(NOWAK, 24, 9))
    await house.as_(MARIA)(move_visit, visit, house.slot(KRUK, 26, 11))
    await is_quiet(house)

    house.clock.moment = warsaw(23, 18)
    assert await claim(house) == ()
    house.clock.moment = warsaw(25, 18)

    assert await reminded(house) == 1


async def test_a_cancelled_visit_is_never_reminded_of(house: House) -> None:
    visit = await house.as_(MARIA)(book_visit, house.slot(NOWAK, 24, 9))
    await house.as_(MARIA)(cancel_visit, visit, None)
    await is_quiet(house)

    house.clock.moment = warsaw(23, 18)

    assert await claim(house) == ()
    assert owed(house, REMINDER) == [("telegram", "withdrawn")]


async def test_several_visits_of_a_day_go_in_one_message(house: House) -> None:
    for slot in (house.slot(NOWAK, 24, 9), house.slot(KRUK, 24, 11), house.slot(LIS, 25, 9)):
        await house.as_(MARIA)(book_visit, slot)
    await house.as_(PAOLO)(book_visit, house.slot(LIS, 24, 9))
    await is_quiet(house)
    house.clock.moment = warsaw(23, 18)

    letters = [await letter_of(house, alert) for alert in await claim(house)]

    visits = {letter.reader.account_id: [card.doctor for card in letter.visits] for letter in letters}
    assert visits == {MARIA.number: [NOWAK.name, KRUK.name], PAOLO.number: [LIS.name]}
    for letter in letters:
        await settle(house, letter.id, AlertState.SENT)
    assert owed(house, REMINDER) == [*[("telegram", "sent")] * 3, ("telegram", "waiting")]


async def test_a_day_stays_in_one_message_where_more_is_due_than_a_batch(house: House) -> None:
    await house.clinic(gather_crowd)
    booked = [
        (house.slot(NOWAK, 24, 9), house.slot(LIS, 24, 10)),
        (house.slot(NOWAK, 24, 9, 30), house.slot(LIS, 24, 10, 30), house.slot(KRUK, 24, 11)),
        (house.slot(KRUK, 24, 9), house.slot(NOWAK, 24, 10)),
    ]
    for ewa, slots in zip(crowd(), booked, strict=False):
        for slot in slots:
            await house.as_(ewa)(book_visit, slot)
    house.clock.moment = warsaw(23, 18)

    messages = []
    while batch := await claim(house, limit=2):
        for alert in batch:
            letter = await letter_of(house, alert)
            await settle(house, alert, AlertState.SENT)
            if letter.kind is REMINDER:
                messages.append(len(letter.visits))

    assert sorted(messages) == [2, 2, 3]


async def test_one_of_two_that_is_cancelled_in_the_couriers_hands_is_not_said(house: House) -> None:
    first = await house.as_(MARIA)(book_visit, house.slot(NOWAK, 24, 9))
    second = await house.as_(MARIA)(book_visit, house.slot(KRUK, 24, 11))
    await is_quiet(house)
    house.clock.moment = warsaw(23, 18)
    alert = await claim_one(house)

    await house.as_(MARIA)(cancel_visit, first, None)

    letter = await letter_of(house, alert)
    assert ([card.id for card in letter.visits], letter.true) == ([second], True)
    await settle(house, alert, AlertState.SENT)
    house.clock.moment += timedelta(hours=1)
    assert await claim(house) == ()


async def test_what_the_carrier_did_not_take_yet_goes_together_again(house: House) -> None:
    for slot in (house.slot(NOWAK, 24, 9), house.slot(KRUK, 24, 11)):
        await house.as_(MARIA)(book_visit, slot)
    await is_quiet(house)
    house.clock.moment = warsaw(23, 18)
    for _ in range(3):
        await house.clinic(put_back_alert, await claim_one(house), True)
        house.clock.moment += MINUTE

    assert await reminded(house) == 2


async def test_one_of_two_that_is_cancelled_after_not_yet_is_not_said(house: House) -> None:
    first = await house.as_(MARIA)(book_visit, house.slot(NOWAK, 24, 9))
    await house.as_(MARIA)(book_visit, house.slot(KRUK, 24, 11))
    await is_quiet(house)
    house.clock.moment = warsaw(23, 18)
    await house.clinic(put_back_alert, await claim_one(house), True)

    await house.as_(MARIA)(cancel_visit, first, None)
    house.clock.moment += MINUTE

    assert await reminded(house) == 1


async def test_a_second_process_finds_nothing_that_the_first_one_holds(house: House) -> None:
    await house.as_(MARIA)(book_visit, house.slot(NOWAK, 24, 9))
    house.clock.moment = MONDAY + timedelta(days=1) - timedelta(hours=16)

    first = await house.clinic(claim_due_alerts, Channel.TELEGRAM, 64)

    assert (len(first), await house.clinic(claim_due_alerts, Channel.TELEGRAM, 64)) == (1, ())
