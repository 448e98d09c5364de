"""After a long silence: what lies ahead is told, with an apology and in one message; what is past is not."""

from datetime import timedelta

import pytest

from core.alerts.alert import LATE, AlertKind, AlertState
from core.alerts.put_back_alert import put_back_alert
from core.alerts.questions import Letter
from core.facility.profile import Channel
from core.identity.choose_reminders import choose_reminders
from core.visits.book_visit import book_visit
from tests.core.alerts.owing import claim, claim_one, ends, is_quiet, letter_of, owed, settle, warsaw
from tests.stage.house import House
from tests.stage.small_clinic import KRUK, MARIA, NOWAK

INSTANT = timedelta(microseconds=1)


async def books(house: House, *days: int) -> None:
    """At nine in the morning of these days; the confirmations have left."""
    for day in days:
        await house.as_(MARIA)(book_visit, house.slot(NOWAK, day, 9))
    await is_quiet(house)


async def reminder(house: House, channel: Channel = Channel.TELEGRAM) -> Letter:
    return await letter_of(house, await claim_one(house, channel))


async def test_a_reminder_is_late_when_it_comes_more_than_an_hour_after_its_time(house: House) -> None:
    await books(house, 24)
    house.clock.moment = warsaw(23, 18) + LATE
    alert = await claim_one(house)
    assert not (await letter_of(house, alert)).late

    house.clock.moment += INSTANT
    assert (await letter_of(house, alert)).late


async def test_a_telegram_that_could_not_be_reached_for_hours_makes_it_late(house: House) -> None:
    await books(house, 24)
    house.clock.moment = warsaw(23, 18)
    while house.clock.moment < warsaw(23, 20):
        for alert in await claim(house):
            await house.clinic(put_back_alert, alert, True)
        house.clock.moment += timedelta(minutes=15)

    assert (await reminder(house)).late


async def test_waiting_for_the_morning_is_no_delay(house: House) -> None:
    """What falls due at night was never meant to come before the morning."""
    await books(house, 24)
    house.rows("UPDATE alerts SET due_at = '2026-11-23 21:00:00.000000' WHERE kind = 'reminder'")
    house.clock.moment = warsaw(23, 22)
    assert await claim(house) == ()

    house.clock.moment = warsaw(24, 8)

    assert not (await reminder(house)).late


async def test_an_evening_without_power_makes_the_morning_late(house: House) -> None:
    await books(house, 24)
    house.clock.moment = warsaw(23, 22)
    assert await claim(house) == ()

    house.clock.moment = warsaw(24, 8)

    assert (await reminder(house)).late


async def test_the_next_channel_knows_how_late_it_is(house: House) -> None:
    await books(house, 25)
    house.clock.moment = warsaw(24, 18, 10)
    await ends(house, Channel.TELEGRAM, AlertState.UNREACHABLE)
    assert not (await reminder(house, Channel.SMS)).late


async def test_a_wish_for_an_hour_that_has_passed_makes_nothing_late(house: House) -> None:
    await books(house, 24)
    house.clock.moment = warsaw(23, 12, 30)
    await house.as_(MARIA)(choose_reminders, None, 12)

    house.clock.moment = warsaw(23, 18)

    assert not (await reminder(house)).late


async def test_a_confirmation_has_no_hour_of_its_own(house: House) -> None:
    await house.as_(MARIA)(book_visit, house.slot(NOWAK, 25, 9))
    house.clock.moment += timedelta(hours=5)
    letter = await letter_of(house, await claim_one(house))
    assert (letter.kind, letter.late) == (AlertKind.VISIT_BOOKED, False)


async def test_after_forty_hours_today_and_tomorrow_go_together_and_what_has_begun_is_left_out(house: House) -> None:
    await house.as_(MARIA)(choose_reminders, None, 8)
    await books(house, 25, 26, 27)
    await house.as_(MARIA)(book_visit, house.slot(KRUK, 25, 11))
    await is_quiet(house)

    house.clock.moment = warsaw(25, 9, 30)

    letter = await reminder(house)
    assert [visit.starts_at for visit in letter.visits] == [warsaw(25, 11), warsaw(26, 9)]
    assert letter.late
    await settle(house, letter.id, AlertState.SENT)
    assert await claim(house) == ()
    assert owed(house, AlertKind.REMINDER) == [*[("telegram", "sent")] * 3, ("telegram", "waiting")]


async def test_what_is_late_and_past_is_withdrawn_and_the_rest_is_not_called_late(house: House) -> None:
    await books(house, 24, 26)
    house.clock.moment = warsaw(25, 18)

    letter = await reminder(house)

    assert ([visit.starts_at for visit in letter.visits], letter.late) == ([warsaw(26, 9)], False)


@pytest.mark.parametrize("hour", [9, 12])
async def test_nobody_hears_of_a_visit_that_has_begun(house: House, hour: int) -> None:
    await books(house, 24)
    house.clock.moment = warsaw(24, hour)
    assert not (await reminder(house)).true
