"""Telegram, then SMS, then e-mail, then people: what one channel cannot deliver, the next one may."""

from dataclasses import replace
from datetime import timedelta

import pytest

from core.alerts.alert import AlertId, AlertKind, AlertState
from core.alerts.owed import credentials
from core.alerts.put_back_alert import put_back_alert
from core.facility.profile import Channel
from core.identity.account import SmsWish
from core.identity.choose_reminders import choose_reminders
from core.identity.person import AccountId
from core.transaction import Transaction
from core.visits.book_visit import book_visit
from core.visits.cancel_visit import cancel_visit
from core.visits.visit import VisitId
from tests.core.alerts.owing import claim, claim_one, ends, is_quiet, letter_of, owed, settle, warsaw
from tests.stage.house import PROFILE, House, open_house
from tests.stage.small_clinic import KRUK, MARIA, NOWAK

REMINDER = AlertKind.REMINDER
TELEGRAM, SMS, EMAIL = Channel
GONE, REFUSED, SENT = AlertState.UNREACHABLE, AlertState.REFUSED, AlertState.SENT


def cases(house: House) -> list[tuple[str, int]]:
    """Without the dead letters, which have tests of their own."""
    query = "SELECT kind, visit_id FROM cases WHERE kind <> 'dead_letter' ORDER BY opened_at, id"
    return [(kind, visit) for kind, visit in house.rows(query)]


async def books(house: House) -> VisitId:
    """Maria has a visit tomorrow, and was told so."""
    visit = await house.as_(MARIA)(book_visit, house.slot(NOWAK, 24, 9))
    await is_quiet(house)
    return visit


async def comes_due(house: House) -> None:
    house.clock.moment = warsaw(23, 18)


@pytest.mark.parametrize("failure", [GONE, REFUSED])
async def test_a_reminder_goes_down_the_ladder_and_in_the_end_to_people(house: House, failure: AlertState) -> None:
    visit = await books(house)
    await comes_due(house)

    for channel in (TELEGRAM, SMS, EMAIL):
        assert cases(house) == []
        await ends(house, channel, failure)

    assert cases(house) == [("nobody_reached", visit)]
    assert owed(house, REMINDER) == [(channel.value, failure.value) for channel in (TELEGRAM, SMS, EMAIL)]


async def test_the_ladder_ends_where_somebody_was_reached(house: House) -> None:
    await books(house)
    await comes_due(house)

    await ends(house, TELEGRAM, GONE)
    await ends(house, SMS, SENT)

    assert (await claim(house, EMAIL), cases(house)) == ((), [])


async def test_whoever_wants_no_sms_gets_none_although_nothing_else_arrives(house: House) -> None:
    await house.as_(MARIA)(choose_reminders, SmsWish.NEVER.value)
    visit = await books(house)
    await comes_due(house)

    await ends(house, TELEGRAM, GONE)
    assert await claim(house, SMS) == ()
    await ends(house, EMAIL, GONE)

    assert cases(house) == [("nobody_reached", visit)]


async def test_an_sms_withdrawn_by_wish_is_owed_again_where_it_is_needed(house: House) -> None:
    await house.as_(MARIA)(choose_reminders, SmsWish.ALWAYS.value)
    await books(house)
    await house.as_(MARIA)(choose_reminders, SmsWish.WHEN_NEEDED.value)
    await comes_due(house)
    assert await claim(house, SMS) == ()

    await ends(house, TELEGRAM, GONE)

    await ends(house, SMS, SENT)


async def test_an_sms_sent_besides_is_no_reason_to_go_on_when_telegram_fails(house: House) -> None:
    await house.as_(MARIA)(choose_reminders, SmsWish.ALWAYS.value)
    await books(house)
    await comes_due(house)

    await ends(house, SMS, SENT)
    await ends(house, TELEGRAM, GONE)

    assert (await claim(house, EMAIL), cases(house)) == ((), [])


async def test_both_that_fail_lead_to_the_e_mail_once(house: House) -> None:
    await house.as_(MARIA)(choose_reminders, SmsWish.ALWAYS.value)
    await books(house)
    await comes_due(house)

    await ends(house, SMS, REFUSED)
    assert await claim(house, EMAIL) == ()
    await ends(house, TELEGRAM, GONE)

    await ends(house, EMAIL, SENT)
    assert cases(house) == []


async def test_a_channel_that_the_facility_lacks_is_left_out(house: House) -> None:
    without = replace(PROFILE, alerts=replace(PROFILE.alerts, channels=(TELEGRAM, EMAIL)))
    async with open_house(house.database_url, house.clock, without) as other:
        await books(other)
        await comes_due(other)
        await ends(other, TELEGRAM, GONE)
        assert await claim(other, SMS) == ()
        await ends(other, EMAIL, SENT)


async def test_a_confirmation_that_reached_nobody_comes_by_sms_at_last(house: House) -> None:
    await house.as_(MARIA)(book_visit, house.slot(NOWAK, 24, 9))

    await ends(house, TELEGRAM, GONE)
    assert await claim(house, SMS) == ()
    await ends(house, EMAIL, REFUSED)

    await ends(house, SMS, SENT)
    assert cases(house) == []


async def test_a_kind_without_words_for_an_sms_is_never_sent_by_one(house: House) -> None:
    visit = await books(house)
    await house.as_(MARIA)(cancel_visit, visit, None)

    await ends(house, EMAIL, REFUSED)

    assert await claim(house, SMS) == ()
    kinds = []
    while claimed := await claim(house, TELEGRAM):
        kinds += [(await letter_of(house, alert)).kind for alert in claimed]
        await settle(house, claimed[0], SENT)
    assert sorted(kinds) == [AlertKind.EMAIL_BOUNCED, AlertKind.VISIT_CANCELLED]


def owe_password(tx: Transaction) -> None:
    tx.alerts.owe(credentials(AlertId(77), AccountId(MARIA.number), b"sealed", tx.now))


async def test_a_password_travels_by_e_mail_alone_and_its_failure_is_told_in_the_chat(house: House) -> None:
    await house.clinic(owe_password)

    await ends(house, EMAIL, REFUSED)

    letter = await letter_of(house, await claim_one(house, TELEGRAM))
    assert (letter.kind, letter.sealed) == (AlertKind.EMAIL_BOUNCED, None)
    assert (await claim(house, SMS), owed(house, AlertKind.CREDENTIALS)) == ((), [("email", "refused")])


async def test_an_address_that_fails_is_told_of_once(house: House) -> None:
    for slot in (house.slot(NOWAK, 24, 9), house.slot(KRUK, 24, 11)):
        await house.as_(MARIA)(book_visit, slot)
        await ends(house, EMAIL, REFUSED)

    assert len(owed(house, AlertKind.EMAIL_BOUNCED)) == 1


async def test_several_visits_of_a_day_go_down_the_ladder_together(house: House) -> None:
    await books(house)
    await house.as_(MARIA)(book_visit, house.slot(KRUK, 24, 11))
    await is_quiet(house)
    await comes_due(house)

    await ends(house, TELEGRAM, GONE)

    letter = await letter_of(house, await claim_one(house, SMS))
    assert len(letter.visits) == 2


async def test_a_reminder_that_steps_down_in_the_evening_waits_out_the_night(house: House) -> None:
    await books(house)
    house.clock.moment = warsaw(23, 20, 59)
    alert = await claim_one(house)
    house.clock.moment = warsaw(23, 21)
    await house.clinic(put_back_alert, alert, True)
    house.clock.moment = warsaw(24, 8)
    await ends(house, TELEGRAM, GONE)

    await ends(house, SMS, SENT)


async def test_sent_twice_without_an_answer_goes_no_further_than_to_people(house: House) -> None:
    await books(house)
    await comes_due(house)

    for _ in range(2):
        await house.clinic(put_back_alert, await claim_one(house), False)
        house.clock.moment += timedelta(minutes=1)

    assert [await claim(house, channel) for channel in Channel] == [(), (), ()]
    assert owed(house, REMINDER) == [("telegram", "uncertain")]
    assert [kind for kind, _ in cases(house)] == ["uncertain"]
