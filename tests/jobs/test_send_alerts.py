"""Alerts carried into a real Telegram chat and to real phones, and what becomes of those that cannot be."""

import pytest

from core.alerts.questions import Letter
from core.facility.profile import Channel
from core.identity.greet_chat import greet_chat
from core.identity.person import ChatId
from core.visits.book_visit import book_visit
from core.visits.cancel_visit import cancel_visit
from core.visits.move_visit import move_visit
from core.visits.visit import VisitId
from jobs.courier import Carried
from jobs.send_alerts import ROUNDS, AlertSender
from jobs.telegram.courier import TelegramCourier
from locales.translator import Translator, load_translators
from sandbox.app import serve
from tests.core.alerts.owing import warsaw
from tests.core.open_pace import OpenPace
from tests.jobs.carrying import heard, later
from tests.stage.house import PROFILE, House, crowd, gather_crowd
from tests.stage.patient import Phone
from tests.stage.small_clinic import KRUK, LIS, MARIA, NOWAK, PAOLO
from tests.stage.stage import TOKEN, Stage

TRANSLATORS = load_translators()
BOOKED = "SELECT account_id, state, tries FROM alerts WHERE kind = 'visit_booked' AND channel = 'telegram'"
MORE_THAN_A_ROUND = ROUNDS[Channel.TELEGRAM].claimed + 14


def state(house: House) -> tuple[object, ...]:
    query = "SELECT state, tries FROM alerts WHERE channel = 'telegram' AND kind <> 'reminder'"
    return house.row(f"{query} ORDER BY owed_at DESC LIMIT 1")


async def test_an_alert_arrives_once(house: House, sender: AlertSender, phone: Phone, visit: VisitId) -> None:
    for _ in range(3):
        await sender.tick()
    [message] = await phone.messages()
    assert message.text.startswith("Confirmation: your visit is booked.\nTuesday 24 November, 09:00\n")
    assert (message.buttons, message.data) == (("Move or cancel",), (f"visit:{visit}",))
    assert state(house) == ("sent", 1)


async def test_a_moved_visit_is_confirmed_by_its_new_time_alone(
    house: House, sender: AlertSender, phone: Phone, visit: VisitId
) -> None:
    await house.as_(MARIA)(move_visit, visit, house.slot(KRUK, 25, 11))
    await sender.tick()
    assert await heard(phone) == ["Confirmation: your visit has a new time."]


async def test_nothing_is_said_of_a_cancelled_visit(
    house: House, sender: AlertSender, phone: Phone, visit: VisitId
) -> None:
    await house.as_(MARIA)(cancel_visit, visit, None)
    await sender.tick()
    assert await heard(phone) == []


async def test_more_than_a_round_ends_in_one_tick(house: House, sender: AlertSender, pace: OpenPace) -> None:
    """The crowd never logged in: nobody can be told, and none of it stays owed."""
    await house.clinic(gather_crowd)
    slots = [slot for (slot,) in house.rows("SELECT id FROM slots WHERE day > '2026-11-23' LIMIT ?", MORE_THAN_A_ROUND)]
    for person, slot in zip(crowd(), slots, strict=False):
        await house.as_(person)(book_visit, slot)
    await sender.tick()
    told = "SELECT state, count(*) FROM alerts WHERE kind = 'visit_booked' AND channel = 'telegram' GROUP BY 1"
    assert house.rows(told) == [("unreachable", MORE_THAN_A_ROUND)]
    assert pace.alerts == []


async def test_somebody_who_blocks_the_bot_is_noted_and_left_in_peace(
    house: House, sender: AlertSender, phone: Phone, visit: VisitId, telegram: Stage
) -> None:
    await phone.blocks()
    await sender.tick()
    assert state(house) == ("unreachable", 1)
    assert house.row("SELECT reachable FROM channels") == (0,)
    await house.as_(MARIA)(move_visit, visit, house.slot(NOWAK, 25, 9))
    await sender.tick()
    assert len(await telegram.calls("sendMessage")) == 1


async def test_whoever_comes_back_hears_of_what_happens_next(
    house: House, sender: AlertSender, phone: Phone, visit: VisitId
) -> None:
    await phone.blocks()
    await sender.tick()
    await phone.unblocks()
    await house.clinic(greet_chat, ChatId(MARIA.chat), "en")
    await house.as_(MARIA)(move_visit, visit, house.slot(NOWAK, 25, 9))
    await sender.tick()
    assert await heard(phone) == ["Confirmation: your visit has a new time."]


@pytest.mark.usefixtures("visit")
async def test_what_telegram_will_never_take_is_refused_once(
    house: House, sender: AlertSender, phone: Phone, telegram: Stage
) -> None:
    await telegram.fault("sendMessage", "error", code=400, description="Bad Request: chat not found")
    for _ in range(3):
        await later(house, sender)
    assert state(house) == ("refused", 1)
    assert await heard(phone) == []
    assert house.rows("SELECT kind, note FROM cases") == [("dead_letter", "visit_booked by telegram, answer 400")]


@pytest.mark.usefixtures("visit")
async def test_a_429_slows_everybody_down_and_is_no_try(
    house: House, sender: AlertSender, phone: Phone, telegram: Stage, pace: OpenPace
) -> None:
    await telegram.fault("sendMessage", "error", retry_after=7)
    await sender.tick()
    assert pace.pauses == [7]
    assert state(house) == ("waiting", 0)
    await sender.tick()
    assert await heard(phone) == []
    await later(house, sender)
    assert await heard(phone) == ["Confirmation: your visit is booked."]
    assert state(house) == ("sent", 1)


@pytest.mark.usefixtures("visit")
async def test_a_connection_that_was_refused_is_no_try(house: House, pace: OpenPace) -> None:
    gone = await serve()
    await gone.close()
    courier = TelegramCourier(TOKEN, gone.url, pace, PROFILE)
    sender = AlertSender(house.clinic, Channel.TELEGRAM, courier, TRANSLATORS)
    for _ in range(4):
        await later(house, sender)
    await courier.close()
    assert state(house) == ("waiting", 0)


@pytest.mark.usefixtures("visit")
@pytest.mark.parametrize("kind", ["timeout_after", "truncated"])
async def test_a_line_that_breaks_after_the_effect_doubles_at_most(
    house: House, sender: AlertSender, phone: Phone, telegram: Stage, kind: str
) -> None:
    await telegram.fault("sendMessage", kind, times=9)
    for _ in range(5):
        await later(house, sender)
    assert await heard(phone) == ["Confirmation: your visit is booked."] * 2
    assert state(house) == ("uncertain", 2)


@pytest.mark.usefixtures("visit")
@pytest.mark.parametrize("kind", ["timeout_before", "html502", "error"])
async def test_a_line_that_breaks_once_costs_nobody_an_alert(
    house: House, sender: AlertSender, phone: Phone, telegram: Stage, kind: str
) -> None:
    await telegram.fault("sendMessage", kind)
    for _ in range(3):
        await later(house, sender)
    assert await heard(phone) == ["Confirmation: your visit is booked."]


class Clumsy(TelegramCourier):
    """Falls over Paolo's alerts."""

    async def carry(self, letter: Letter, speech: Translator) -> Carried:
        if letter.reader.chat_id == PAOLO.chat:
            raise RuntimeError
        return await super().carry(letter, speech)


async def test_one_alert_that_fails_silences_no_other(
    house: House, phone: Phone, telegram: Stage, pace: OpenPace
) -> None:
    await house.lets_in(PAOLO)
    await house.as_(PAOLO)(book_visit, house.slot(LIS, 24, 9))
    await house.as_(MARIA)(book_visit, house.slot(NOWAK, 24, 9))
    courier = Clumsy(TOKEN, telegram.telegram.url, pace, PROFILE)
    sender = AlertSender(house.clinic, Channel.TELEGRAM, courier, TRANSLATORS)
    for _ in range(4):
        await later(house, sender)
    await courier.close()
    assert await heard(phone) == ["Confirmation: your visit is booked."]
    assert house.rows(f"{BOOKED} ORDER BY account_id") == [
        (MARIA.number, "sent", 1),
        (PAOLO.number, "uncertain", 2),
    ]


async def test_an_account_that_never_logged_in_has_no_channel(house: House, sender: AlertSender) -> None:
    await house.as_(PAOLO)(book_visit, house.slot(NOWAK, 24, 9))
    await sender.tick()
    assert state(house) == ("unreachable", 1)


async def test_what_was_left_over_a_night_without_power_is_sent_in_the_morning(
    house: House, sender: AlertSender, phone: Phone, visit: VisitId
) -> None:
    house.clock.moment = warsaw(24, 7)
    await sender.tick()
    assert await heard(phone) == ["Confirmation: your visit is booked."]
    house.clock.moment = warsaw(24, 8)
    await sender.tick()
    assert (await heard(phone))[1:] == ["You have a visit today."]
