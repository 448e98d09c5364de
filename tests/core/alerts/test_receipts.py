"""What a mobile network says afterwards of what it had taken, in whichever order it comes."""

import pytest

from core.alerts.alert import AlertId, AlertKind, AlertState
from core.alerts.note_receipt import note_receipt
from core.facility.profile import Channel
from core.visits.book_visit import book_visit
from tests.core.alerts.owing import claim, claim_one, ends, is_quiet, owed, settle, warsaw
from tests.stage.house import House
from tests.stage.small_clinic import KRUK, MARIA, NOWAK

REMINDER = AlertKind.REMINDER
FIRST, SECOND = "smsc-1", "smsc-2"


@pytest.fixture
async def sms(house: House) -> AlertId:
    """A reminder in the hands of the SMS courier: Telegram does not lead to Maria."""
    await house.as_(MARIA)(book_visit, house.slot(NOWAK, 24, 9))
    await is_quiet(house)
    house.clock.moment = warsaw(23, 18)
    await ends(house, Channel.TELEGRAM, AlertState.UNREACHABLE)
    return await claim_one(house, Channel.SMS)


def kept(house: House, alert: AlertId) -> tuple[object, ...]:
    return house.row("SELECT state, receipt FROM alerts WHERE id = ?", alert)


async def test_a_message_that_arrived_is_known_to_have_arrived(house: House, sms: AlertId) -> None:
    await settle(house, sms, AlertState.SENT, (FIRST,))
    assert kept(house, sms) == ("sent", None)

    await house.clinic(note_receipt, FIRST, True)

    assert kept(house, sms) == ("sent", "delivered")
    assert await claim(house, Channel.EMAIL) == ()


async def test_a_message_that_was_taken_and_lost_goes_down_the_ladder(house: House, sms: AlertId) -> None:
    await settle(house, sms, AlertState.SENT, (FIRST,))

    await house.clinic(note_receipt, FIRST, False)

    assert kept(house, sms) == ("unreachable", "failed")
    await ends(house, Channel.EMAIL, AlertState.SENT)


@pytest.mark.parametrize("delivered", [True, False])
async def test_a_receipt_that_comes_before_the_posting_is_known(house: House, sms: AlertId, delivered: bool) -> None:
    await house.clinic(note_receipt, FIRST, delivered)
    assert kept(house, sms) == ("leased", None)

    await settle(house, sms, AlertState.SENT, (FIRST,))

    assert kept(house, sms) == (("sent", "delivered") if delivered else ("unreachable", "failed"))
    assert len(await claim(house, Channel.EMAIL)) == (0 if delivered else 1)


async def test_two_parts_have_arrived_when_both_have(house: House, sms: AlertId) -> None:
    await settle(house, sms, AlertState.SENT, (FIRST, SECOND))
    await house.clinic(note_receipt, SECOND, True)
    assert kept(house, sms) == ("sent", None)

    await house.clinic(note_receipt, FIRST, True)

    assert kept(house, sms) == ("sent", "delivered")


async def test_one_lost_part_of_two_steps_down_once(house: House, sms: AlertId) -> None:
    await settle(house, sms, AlertState.SENT, (FIRST, SECOND))
    for receipt in ((FIRST, False), (SECOND, True), (SECOND, False), (FIRST, False)):
        await house.clinic(note_receipt, *receipt)

    assert kept(house, sms) == ("unreachable", "failed")
    assert owed(house, REMINDER) == [("telegram", "unreachable"), ("sms", "unreachable"), ("email", "waiting")]
    assert house.rows("SELECT kind FROM cases") == []


async def test_a_network_that_changes_its_mind_steps_down_no_further(house: House, sms: AlertId) -> None:
    await settle(house, sms, AlertState.SENT, (FIRST,))
    await house.clinic(note_receipt, FIRST, False)
    await ends(house, Channel.EMAIL, AlertState.UNREACHABLE)
    assert house.rows("SELECT kind FROM cases") == [("nobody_reached",)]

    await house.clinic(note_receipt, FIRST, True)

    assert house.rows("SELECT kind FROM cases") == [("nobody_reached",)]
    assert kept(house, sms) == ("unreachable", "delivered")


async def test_a_receipt_of_somebody_elses_message_changes_nothing(house: House, sms: AlertId) -> None:
    await settle(house, sms, AlertState.SENT, (FIRST,))

    await house.clinic(note_receipt, "never heard of", False)

    assert kept(house, sms) == ("sent", None)


async def test_a_lost_message_takes_along_what_it_carried(house: House) -> None:
    for slot in (house.slot(NOWAK, 24, 9), house.slot(KRUK, 24, 11)):
        await house.as_(MARIA)(book_visit, slot)
    await is_quiet(house)
    house.clock.moment = warsaw(23, 18)
    await ends(house, Channel.TELEGRAM, AlertState.UNREACHABLE)
    await ends(house, Channel.SMS, AlertState.SENT, FIRST)

    await house.clinic(note_receipt, FIRST, False)

    lost = house.rows("SELECT state, receipt FROM alerts WHERE channel = 'sms'")
    assert lost == [("unreachable", "failed")] * 2
    assert len(house.rows("SELECT id FROM alerts WHERE kind = 'reminder' AND channel = 'email'")) == 2
    assert len(await claim(house, Channel.EMAIL)) == 1
