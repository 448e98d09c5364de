"""The hour of the reminder, SMS besides Telegram, and discretion: what is owed already follows the wish (DIAMED-3)."""

import pytest

from core.alerts.alert import AlertKind, AlertState
from core.facility.profile import Channel
from core.identity.account import SmsWish
from core.identity.choose_discretion import choose_discretion
from core.identity.choose_reminders import choose_reminders
from core.identity.refusals import HourNotOffered
from core.visits.book_visit import book_visit
from tests.core.alerts.owing import claim, claim_one, is_quiet, letter_of, owed, reminded, settle, waiting, warsaw
from tests.stage.house import House
from tests.stage.small_clinic import KRUK, MARIA, NOWAK, PAOLO

REMINDER = AlertKind.REMINDER


@pytest.mark.rule("DIAMED-3")
async def test_another_hour_is_kept_for_what_lies_ahead_and_for_what_is_booked_later(house: House) -> None:
    await house.as_(MARIA)(book_visit, house.slot(NOWAK, 25, 9))
    await house.as_(MARIA)(choose_reminders, None, 12)
    await house.as_(MARIA)(book_visit, house.slot(KRUK, 27, 9))

    assert waiting(house, REMINDER) == [("telegram", "2026-11-24 11:00"), ("telegram", "2026-11-26 11:00")]


async def test_an_hour_that_has_passed_today_takes_nobodys_reminder_away(house: House) -> None:
    """At half past ten, to be reminded at ten: of tomorrow's visit one is still told in the evening."""
    await house.as_(MARIA)(book_visit, house.slot(NOWAK, 24, 9))
    await house.as_(MARIA)(book_visit, house.slot(NOWAK, 26, 9))
    house.clock.moment = warsaw(23, 10, 30)

    await house.as_(MARIA)(choose_reminders, None, 10)

    assert waiting(house, REMINDER) == [("telegram", "2026-11-23 17:00"), ("telegram", "2026-11-25 09:00")]


async def test_an_hour_changed_after_the_reminder_does_not_repeat_it(house: House) -> None:
    await house.as_(MARIA)(book_visit, house.slot(NOWAK, 24, 9))
    await is_quiet(house)
    house.clock.moment = warsaw(23, 18)
    await settle(house, await claim_one(house), AlertState.SENT)

    await house.as_(MARIA)(choose_reminders, None, 20)

    house.clock.moment = warsaw(23, 20)
    assert await claim(house) == ()


async def test_a_reminder_that_waits_out_the_night_outlives_a_change_of_the_hour(house: House) -> None:
    await house.as_(MARIA)(book_visit, house.slot(NOWAK, 24, 9))
    await is_quiet(house)
    house.clock.moment = warsaw(23, 23)
    assert await claim(house) == ()

    await house.as_(MARIA)(choose_reminders, None, 20)

    house.clock.moment = warsaw(24, 8)
    assert await reminded(house) == 1


@pytest.mark.parametrize("hour", [-1, 0, 7, 9, 22, 24, 10**6])
async def test_an_hour_that_is_not_offered_is_refused(house: House, hour: int) -> None:
    await house.as_(MARIA)(book_visit, house.slot(NOWAK, 25, 9))
    with pytest.raises(HourNotOffered):
        await house.as_(MARIA)(choose_reminders, None, hour)
    assert waiting(house, REMINDER) == [("telegram", "2026-11-24 17:00")]


@pytest.mark.rule("DIAMED-3")
async def test_sms_switched_on_are_owed_for_what_lies_ahead_and_off_withdrawn(house: House) -> None:
    await house.as_(MARIA)(book_visit, house.slot(NOWAK, 25, 9))
    await house.as_(MARIA)(choose_reminders, SmsWish.ALWAYS.value)
    await house.as_(MARIA)(book_visit, house.slot(NOWAK, 26, 9))
    both = [("telegram", "waiting"), ("sms", "waiting")]
    assert owed(house, REMINDER) == [*both, *both]

    await house.as_(MARIA)(choose_reminders, SmsWish.NEVER.value)
    assert owed(house, REMINDER) == [("telegram", "waiting"), ("sms", "withdrawn")] * 2

    await house.as_(MARIA)(choose_reminders, SmsWish.ALWAYS.value)
    assert owed(house, REMINDER) == [*both, *both]
    house.clock.moment = warsaw(24, 18)
    assert await reminded(house, Channel.SMS) == 1


async def test_sms_switched_on_after_the_hour_come_with_the_next_visit(house: House) -> None:
    await house.as_(MARIA)(book_visit, house.slot(NOWAK, 24, 9))
    await house.as_(MARIA)(book_visit, house.slot(NOWAK, 25, 9))
    house.clock.moment = warsaw(23, 18, 30)

    await house.as_(MARIA)(choose_reminders, SmsWish.ALWAYS.value)

    assert waiting(house, REMINDER) == [
        ("telegram", "2026-11-23 17:00"),
        ("telegram", "2026-11-24 17:00"),
        ("sms", "2026-11-24 17:00"),
    ]


async def test_one_patients_wishes_leave_anothers_reminders_alone(house: House) -> None:
    await house.as_(PAOLO)(choose_reminders, SmsWish.ALWAYS.value)
    await house.as_(PAOLO)(book_visit, house.slot(NOWAK, 25, 9))

    await house.as_(MARIA)(choose_reminders, SmsWish.NEVER.value, 8)

    assert waiting(house, REMINDER) == [("telegram", "2026-11-24 17:00"), ("sms", "2026-11-24 17:00")]


async def test_discretion_is_the_persons_own_wish(house: House) -> None:
    await house.lets_in(MARIA)
    await house.as_(MARIA)(book_visit, house.slot(NOWAK, 25, 9))
    alert = await claim_one(house)
    assert not (await letter_of(house, alert)).discreet

    await house.as_(MARIA)(choose_discretion, True)

    assert (await letter_of(house, alert)).discreet
