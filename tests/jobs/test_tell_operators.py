"""New cases are told to the operators' chat: each once, in a few words, by one process at a time."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta

import pytest

from core.alerts.alert import AlertState
from core.facility.profile import Channel
from core.support.case import CaseKind, about_update, about_visit
from core.support.questions import untold_cases
from core.transaction import Transaction
from core.visits.book_visit import book_visit
from core.visits.visit import VisitId
from jobs.telegram.courier import TelegramCourier
from jobs.tell_operators import AFTER_TROUBLE, BETWEEN_COMPLAINTS, CASES_AT_ONCE, OperatorTeller
from tests.core.alerts.owing import claim_one, settle
from tests.core.known_bot import make_known
from tests.core.open_pace import OpenPace
from tests.stage.house import PROFILE, House, open_house
from tests.stage.memory import ENGINES
from tests.stage.small_clinic import EYES, MARIA, NOWAK, PAOLO
from tests.stage.stage import TOKEN, Stage


@dataclass
class Desk:
    """The house with a group of its operators, in which the bot is a member."""

    house: House
    telegram: Stage
    courier: TelegramCourier
    group: int

    def teller(self, house: House | None = None) -> OperatorTeller:
        clinic = (house or self.house).clinic
        return OperatorTeller(clinic, self.courier, clinic.database.lock("operators"), self.group)

    async def heard(self) -> list[str]:
        calls = await self.telegram.calls("sendMessage", chat=self.group)
        return [call["params"]["text"] for call in calls if call["status"] == 200]


@pytest.fixture
def pace() -> OpenPace:
    return OpenPace()


@pytest.fixture
async def desk(house: House, telegram: Stage, pace: OpenPace) -> AsyncIterator[Desk]:
    await make_known(telegram)
    courier = TelegramCourier(TOKEN, telegram.telegram.url, pace, PROFILE)
    yield Desk(house, telegram, courier, await telegram.group_with_bot(MARIA, "member"))
    await courier.close()


def report(tx: Transaction, number: int) -> None:
    tx.cases.open(about_update(tx.new_id(), f"7:{number}", None, tx.now))


def report_visit(tx: Transaction, visit_id: VisitId) -> None:
    tx.cases.open(about_visit(tx.new_id(), CaseKind.NOBODY_REACHED, visit_id, "a", tx.now))


async def untold(house: House) -> int:
    return len(await house.clinic.read(untold_cases, 1000))


async def test_a_case_is_told_once_with_what_to_do_and_whom_to_call(desk: Desk, pace: OpenPace) -> None:
    visit = await desk.house.as_(PAOLO)(book_visit, desk.house.slot(NOWAK, 24, 9))
    await desk.house.clinic(report_visit, visit)
    teller = desk.teller()

    for _ in range(3):
        await teller.tick()

    assert await desk.heard() == [
        "New cases: 1. To see all of them: python main.py cases\n\n"
        "No message reached the patient: call.\n  visit    2026-11-24 09:00\n  phone    +48601234567"
    ]
    assert pace.alerts == [desk.group]


async def test_the_chat_hears_no_name_no_doctor_and_no_specialty(desk: Desk) -> None:
    visit = await desk.house.as_(PAOLO)(book_visit, desk.house.slot(NOWAK, 24, 9))
    await desk.house.clinic(report_visit, visit)
    await settle(desk.house, await claim_one(desk.house, Channel.TELEGRAM), AlertState.REFUSED, (), "400")

    await desk.teller().tick()

    [said] = await desk.heard()
    assert "visit_booked by telegram, answer 400" in said
    assert not any(name in said for name in (PAOLO.first_name, PAOLO.last_name, "Nowak", EYES.name, EYES.address))


async def test_several_cases_go_in_one_message_and_many_in_a_few(desk: Desk) -> None:
    for number in range(CASES_AT_ONCE + 2):
        await desk.house.clinic(report, number)

    await desk.teller().tick()

    first, second = await desk.heard()
    assert (first.count("update 7:"), second.count("update 7:")) == (CASES_AT_ONCE, 2)
    assert await untold(desk.house) == 0


async def test_what_comes_later_is_told_alone(desk: Desk) -> None:
    teller = desk.teller()
    for number in (1, 2):
        await desk.house.clinic(report, number)
        await teller.tick()

    assert ["update 7:1" in said for said in await desk.heard()] == [True, False]


@pytest.mark.parametrize("engine", ENGINES)
async def test_two_processes_do_not_tell_the_same(desk: Desk, engine: str) -> None:
    for number in range(CASES_AT_ONCE * 2):
        await desk.house.clinic(report, number)

    async with open_house(desk.house.database_url, desk.house.clock) as replica:
        one, other = desk.teller(), desk.teller(replica)
        while await untold(desk.house):
            await asyncio.gather(one.tick(), other.tick())

    assert len(await desk.heard()) == 2


@pytest.mark.parametrize(("fault", "code"), [("forbidden", 403), ("bad request", 400)])
async def test_a_chat_that_takes_nothing_is_complained_of_once_an_hour(
    desk: Desk, fault: str, code: int, capsys: pytest.CaptureFixture[str]
) -> None:
    await desk.house.clinic(report, 1)
    await desk.telegram.fault("sendMessage", "error", code=code, description=fault, times=100)
    teller = desk.teller()

    for _ in range(BETWEEN_COMPLAINTS // AFTER_TROUBLE):
        for _ in range(3):
            await teller.tick()
        desk.house.clock.moment += AFTER_TROUBLE

    assert capsys.readouterr().out.count("operators.not_told") == 1
    assert len(await desk.telegram.calls("sendMessage")) == BETWEEN_COMPLAINTS // AFTER_TROUBLE
    assert await untold(desk.house) == 1
    await teller.tick()
    assert f"reason={code}" in capsys.readouterr().out


@pytest.mark.parametrize("fault", ["timeout_after", "truncated", "html502"])
async def test_what_may_have_arrived_is_repeated_once(desk: Desk, fault: str) -> None:
    await desk.house.clinic(report, 1)
    await desk.telegram.fault("sendMessage", fault, times=9)
    teller = desk.teller()

    for _ in range(5):
        await teller.tick()
        desk.house.clock.moment += AFTER_TROUBLE

    assert len(await desk.telegram.calls("sendMessage")) == 2
    assert await untold(desk.house) == 0


async def test_a_new_case_beside_an_unclear_one_is_not_lost(desk: Desk) -> None:
    await desk.house.clinic(report, 1)
    await desk.telegram.fault("sendMessage", "timeout_before", times=2)
    teller = desk.teller()
    await teller.tick()
    await desk.house.clinic(report, 2)

    for _ in range(3):
        desk.house.clock.moment += AFTER_TROUBLE
        await teller.tick()

    assert ["update 7:2" in said for said in await desk.heard()] == [True]


async def test_a_429_is_waited_out(desk: Desk, pace: OpenPace) -> None:
    await desk.house.clinic(report, 1)
    await desk.telegram.fault("sendMessage", "error", retry_after=7)
    teller = desk.teller()

    await teller.tick()
    assert (pace.pauses, await untold(desk.house)) == ([7], 1)
    await teller.tick()

    assert len(await desk.heard()) == 1


async def test_a_stopped_teller_tells_nothing_more(desk: Desk) -> None:
    await desk.house.clinic(report, 1)
    teller = desk.teller()

    await teller.stop()
    await teller.tick()

    assert (await desk.heard(), await untold(desk.house)) == ([], 1)


async def test_a_case_that_was_closed_and_comes_back_is_told_again(desk: Desk) -> None:
    teller = desk.teller()
    await desk.house.clinic(report, 1)
    await teller.tick()
    desk.house.rows("UPDATE cases SET closed_at = told_at")

    desk.house.clock.moment += timedelta(days=1)
    await desk.house.clinic(report, 1)
    await teller.tick()

    assert len(await desk.heard()) == 2
