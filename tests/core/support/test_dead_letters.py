"""What a carrier refuses for good, and what the bot gave up on, waits on the operators' list."""

from datetime import timedelta

import pytest

from core.alerts.alert import AlertState
from core.alerts.put_back_alert import put_back_alert
from core.facility.profile import Channel
from core.identity.person import AccountId
from core.support.case import about_update
from core.support.page import cases_page
from core.support.questions import open_cases
from core.transaction import Transaction
from core.visits.book_visit import book_visit
from tests.core.alerts.owing import claim, claim_one, is_quiet, settle, warsaw
from tests.stage.house import PROFILE, House
from tests.stage.small_clinic import KRUK, MARIA, NOWAK, PAOLO


async def page(house: House) -> list[str]:
    return cases_page(await house.clinic.read(open_cases), PROFILE.timezone).splitlines()


async def test_a_refused_message_says_which_and_with_what_number(house: House) -> None:
    await house.as_(MARIA)(book_visit, house.slot(NOWAK, 24, 9))

    await settle(house, await claim_one(house), AlertState.REFUSED, (), "400")

    assert await page(house) == [
        "Since 2026-11-23 10:00. A message was refused for good: make sure that the patient knows, and have it mended.",
        "  visit    2026-11-24 09:00, dr Anna Nowak, Poradnia okulistyczna",
        "  patient  Maria Zielińska, +48601234567",
        "  note     visit_booked by telegram, answer 400",
    ]


@pytest.mark.parametrize("end", [AlertState.SENT, AlertState.UNREACHABLE, AlertState.WITHDRAWN])
async def test_no_other_end_is_a_dead_letter(house: House, end: AlertState) -> None:
    await house.as_(MARIA)(book_visit, house.slot(NOWAK, 24, 9))
    await settle(house, await claim_one(house), end)
    assert await page(house) == ["Nobody waits for an operator."]


async def test_each_channel_that_refuses_is_a_case_of_its_own_and_a_message_is_one(house: House) -> None:
    for slot in (house.slot(NOWAK, 24, 9), house.slot(KRUK, 24, 11)):
        await house.as_(MARIA)(book_visit, slot)
    await is_quiet(house)
    house.clock.moment = warsaw(23, 18)

    await settle(house, await claim_one(house), AlertState.REFUSED, (), "400")
    await settle(house, await claim_one(house, Channel.SMS), AlertState.REFUSED)

    notes = [line for line in await page(house) if "note" in line]
    assert notes == ["  note     reminder by telegram, answer 400", "  note     reminder by sms, answer unknown"]


async def test_what_was_sent_twice_without_an_answer_is_for_people_to_ask(house: House) -> None:
    await house.as_(MARIA)(book_visit, house.slot(NOWAK, 24, 9))
    for _ in range(2):
        await house.clinic(put_back_alert, await claim_one(house), False)
        house.clock.moment += timedelta(minutes=1)
    assert await page(house) == ["Nobody waits for an operator."]

    assert await claim(house) == ()

    since, *rest = await page(house)
    assert since.endswith("A message was sent twice, and may not have arrived: make sure that the patient knows.")
    assert rest[-1] == "  note     visit_booked by telegram, no answer"
    assert await claim(house) == ()
    assert len(await page(house)) == len([since, *rest])


def give_up(tx: Transaction, account: AccountId | None) -> None:
    tx.cases.open(about_update(tx.new_id(), "100200300:17", account, tx.now))


@pytest.mark.parametrize("known", [True, False])
async def test_an_update_that_was_set_aside_says_whose_it_was_where_that_is_known(house: House, known: bool) -> None:
    for _ in range(2):
        await house.clinic(give_up, AccountId(PAOLO.number) if known else None)

    whose = ["  patient  Paolo Rossi, +48601234567"] if known else []
    assert (await page(house))[1:] == [*whose, "  note     update 100200300:17"]
