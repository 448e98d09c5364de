"""Reminders carried into a real chat and to real phones (DIAMED-3)."""

import pytest

from core.alerts.alert import AlertId
from core.alerts.claim_due_alerts import claim_due_alerts
from core.alerts.put_back_alert import put_back_alert
from core.alerts.questions import anything_due
from core.facility.profile import Channel
from core.identity.greet_chat import greet_chat
from core.identity.log_out import log_out
from core.identity.person import ChatId
from core.visits.book_visit import book_visit
from core.visits.cancel_visit import cancel_visit
from core.visits.move_visit import move_visit
from core.visits.visit import VisitId
from jobs.send_alerts import AlertSender
from jobs.sms.choose import open_gateway
from jobs.sms.courier import SmsCourier
from jobs.telegram.courier import TelegramCourier
from locales.translator import load_translators
from tests.core.alerts.owing import warsaw
from tests.core.open_pace import OpenPace
from tests.jobs.carrying import heard, later
from tests.jobs.sms.desk import working
from tests.stage.house import PROFILE, House, crowd, gather_crowd
from tests.stage.patient import Phone
from tests.stage.small_clinic import KRUK, LIS, MARIA, NOWAK
from tests.stage.stage import TOKEN, Stage

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


async def test_while_telegram_does_not_lead_to_somebody_it_is_left_out_until_they_write_again(
    house: House, sender: AlertSender, phone: Phone, telegram: Stage
) -> None:
    for day in (24, 25, 26):
        await house.as_(MARIA)(book_visit, house.slot(NOWAK, day, 9))
    while await house.clinic.read(anything_due, Channel.TELEGRAM):
        await sender.tick()
    asked = len(await telegram.calls("sendMessage"))
    await phone.blocks()
    gateway = open_gateway(telegram.addresses.sms, house.clock, None)
    by_sms = AlertSender(house.clinic, Channel.SMS, SmsCourier(gateway, PROFILE), TRANSLATORS)

    async def day_passes(day: int) -> tuple[int, int]:
        """How often Telegram was asked by the evening, and how many SMS have come."""
        house.clock.moment = warsaw(day, 18)
        await sender.tick()
        await by_sms.tick()
        return len(await telegram.calls("sendMessage")) - asked, len(await telegram.sms("+48601234567", least=0))

    async with working(gateway):
        assert await day_passes(23) == (1, 1)
        assert await day_passes(24) == (1, 2)
        await phone.unblocks()
        await house.clinic(greet_chat, ChatId(MARIA.chat), "en")
        assert await day_passes(25) == (2, 2)


async def test_each_outcome_is_noted_with_its_channel(
    house: House, telegram: Stage, phone: Phone, visit: VisitId, pace: OpenPace
) -> None:
    noted: list[tuple[str, str]] = []
    courier = TelegramCourier(TOKEN, telegram.telegram.url, pace, PROFILE)
    sender = AlertSender(
        house.clinic, Channel.TELEGRAM, courier, TRANSLATORS, note=lambda channel, end: noted.append((channel, end))
    )
    await telegram.fault("sendMessage", "error", retry_after=1)
    await sender.tick()
    await later(house, sender)
    await house.as_(MARIA)(move_visit, visit, house.slot(NOWAK, 25, 9))
    [alert] = await house.clinic(claim_due_alerts, Channel.TELEGRAM, 1)
    await house.as_(MARIA)(cancel_visit, visit, None)
    await house.clinic(put_back_alert, AlertId(alert), True)
    await later(house, sender)
    await courier.close()

    assert noted == [("telegram", "not_yet"), ("telegram", "sent"), ("telegram", "withdrawn")]


async def test_nothing_is_claimed_while_nothing_may_leave_soon(
    house: House, telegram: Stage, phone: Phone, visit: VisitId, pace: OpenPace
) -> None:
    courier = TelegramCourier(TOKEN, telegram.telegram.url, pace, PROFILE)
    answers = iter([False])
    sender = AlertSender(house.clinic, Channel.TELEGRAM, courier, TRANSLATORS, soon=lambda: next(answers, True))

    await sender.tick()
    states = "SELECT state, tries, setbacks FROM alerts WHERE kind = 'visit_booked' AND channel = 'telegram'"
    assert house.row(states) == ("waiting", 0, 0)
    await sender.tick()
    await courier.close()

    assert house.row(states) == ("sent", 1, 0)
