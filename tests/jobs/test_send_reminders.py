"""Reminders carried into a real chat and to real phones (DIAMED-3)."""

import pytest

from core.facility.profile import Channel
from core.identity.log_out import log_out
from core.visits.book_visit import book_visit
from core.visits.cancel_visit import cancel_visit
from core.visits.visit import VisitId
from jobs.send_alerts import AlertSender
from jobs.sms.choose import open_gateway
from jobs.sms.courier import SmsCourier
from locales.translator import load_translators
from tests.core.alerts.owing import warsaw
from tests.jobs.carrying import heard, later
from tests.jobs.sms.desk import working
from tests.stage.house import PROFILE, House, crowd, gather_crowd
from tests.stage.patient import Phone
from tests.stage.small_clinic import KRUK, LIS, MARIA, NOWAK
from tests.stage.stage import Stage

TRANSLATORS = load_translators()


async def told_and_due(house: House, sender: AlertSender) -> None:
    """The confirmations have left, and it is six in the evening before the visits."""
    await sender.tick()
    house.clock.moment = warsaw(23, 18)


@pytest.mark.rule("DIAMED-3")
async def test_the_reminder_arrives_once_with_its_three_answers(
    house: House, sender: AlertSender, phone: Phone, visit: VisitId
) -> None:
    await told_and_due(house, sender)
    for _ in range(3):
        await sender.tick()

    _, reminder = await phone.messages()
    assert reminder.text.startswith("You have a visit tomorrow.\nTuesday 24 November, 09:00\ndr Anna Nowak")
    assert reminder.buttons == ("I'm coming", "Move", "Cancel the visit")
    assert reminder.data[1:] == (f"move:{visit}", f"cancel:{visit}")


@pytest.mark.usefixtures("visit")
async def test_two_visits_of_a_day_arrive_in_one_reminder(house: House, sender: AlertSender, phone: Phone) -> None:
    await house.as_(MARIA)(book_visit, house.slot(KRUK, 24, 11))
    await told_and_due(house, sender)
    await sender.tick()

    reminder = (await phone.messages())[-1]
    assert reminder.text.startswith("You have 2 visits tomorrow.\n")
    assert reminder.buttons == ("I'm coming", "09:00: move or cancel", "11:00: move or cancel")
    assert len(await phone.messages()) == 3


async def test_one_that_is_cancelled_while_telegram_says_not_yet_is_left_out(
    house: House, sender: AlertSender, phone: Phone, visit: VisitId, telegram: Stage
) -> None:
    await house.as_(MARIA)(book_visit, house.slot(KRUK, 24, 11))
    await told_and_due(house, sender)
    await telegram.fault("sendMessage", "error", retry_after=7)
    await sender.tick()
    assert len(await heard(phone)) == 2

    await house.as_(MARIA)(cancel_visit, visit, None)
    await later(house, sender)

    reminder = (await phone.messages())[-1]
    assert reminder.text.startswith("You have a visit tomorrow.\nTuesday 24 November, 11:00\n")
    assert len(await phone.messages()) == 3


@pytest.mark.usefixtures("visit")
async def test_whoever_has_logged_out_is_reminded_discreetly(house: House, sender: AlertSender, phone: Phone) -> None:
    await told_and_due(house, sender)
    await house.as_(MARIA)(log_out)
    await sender.tick()

    reminder = (await phone.messages())[-1]
    assert reminder.text == "You have 1 appointment tomorrow.\nTuesday 24 November, 09:00\n\nWill you be able to come?"


async def test_one_patient_without_a_channel_silences_nobody_after_them(
    house: House, sender: AlertSender, phone: Phone
) -> None:
    await house.clinic(gather_crowd)
    for ewa, slot in zip(crowd(), (house.slot(LIS, 24, 9), house.slot(LIS, 24, 9, 30)), strict=False):
        await house.as_(ewa)(book_visit, slot)
    await house.as_(MARIA)(book_visit, house.slot(NOWAK, 24, 9))
    await told_and_due(house, sender)
    await sender.tick()

    assert await heard(phone) == ["Confirmation: your visit is booked.", "You have a visit tomorrow."]


@pytest.mark.rule("DIAMED-3")
async def test_whoever_blocks_the_bot_is_reminded_by_sms(
    house: House, sender: AlertSender, phone: Phone, visit: VisitId, telegram: Stage
) -> None:
    await told_and_due(house, sender)
    await phone.blocks()
    await sender.tick()
    gateway = open_gateway(telegram.addresses.sms, house.clock, None)
    by_sms = AlertSender(house.clinic, Channel.SMS, SmsCourier(gateway, PROFILE), TRANSLATORS)
    async with working(gateway):
        for _ in range(3):
            await by_sms.tick()

    [sms] = await telegram.sms("+48601234567")
    assert sms["text"] == (
        "Reminder: visit tomorrow, Tue 24 Nov at 09:00, dr Anna Nowak. To move or cancel, call +48 22 123 45 67."
    )
    states = "SELECT channel, state FROM alerts WHERE kind = 'reminder' AND visit_id = ? ORDER BY channel"
    assert house.rows(states, visit) == [("sms", "sent"), ("telegram", "unreachable")]
