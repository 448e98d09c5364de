"""The operators' list: who has to be called, and why."""

from datetime import timedelta

from core.identity.person import AccountId
from core.support.case import Case, CaseId, CaseKind, about_visit
from core.support.page import WHAT_TO_DO, cases_page
from core.support.questions import open_cases
from core.transaction import Transaction
from core.visits.book_visit import book_visit
from core.visits.visit import VisitId
from tests.stage.house import PROFILE, House
from tests.stage.small_clinic import MARIA, NOWAK, PAOLO


def report(tx: Transaction, visit_id: VisitId, kind: CaseKind) -> None:
    tx.cases.open(about_visit(tx.new_id(), kind, visit_id, "a", tx.now))


def report_somebody(tx: Transaction, account: AccountId) -> None:
    case = Case(
        CaseId(tx.new_id()), CaseKind.NOBODY_REACHED, "about an account", tx.now, account_id=account, note="mail"
    )
    tx.cases.open(case)


async def page(house: House) -> str:
    return cases_page(await house.clinic.read(open_cases), PROFILE.timezone)


async def test_an_empty_list_says_so(house: House) -> None:
    assert await page(house) == "Nobody waits for an operator.\n"


async def test_a_case_says_whom_to_call_and_about_what(house: House) -> None:
    visit = await house.as_(MARIA)(book_visit, house.slot(NOWAK, 24, 9))
    await house.clinic(report, visit, CaseKind.NOBODY_REACHED)
    assert (await page(house)).splitlines() == [
        "Since 2026-11-23 10:00. No message reached the patient: call.",
        "  visit    2026-11-24 09:00, dr Anna Nowak, Poradnia okulistyczna",
        "  patient  Maria Zielińska, +48601234567",
    ]


async def test_a_case_without_a_visit_knows_its_patient(house: House) -> None:
    await house.clinic(report_somebody, AccountId(PAOLO.number))
    assert (await page(house)).splitlines()[1:] == ["  patient  Paolo Rossi, +48601234567", "  note     mail"]


async def test_who_has_waited_longest_comes_first(house: House) -> None:
    later = await house.as_(MARIA)(book_visit, house.slot(NOWAK, 24, 9))
    sooner = await house.as_(PAOLO)(book_visit, house.slot(NOWAK, 25, 9))
    await house.clinic(report, sooner, CaseKind.NOBODY_REACHED)
    house.clock.moment += timedelta(minutes=1)
    await house.clinic(report, later, CaseKind.NOBODY_REACHED)
    cards = await house.clinic.read(open_cases)
    assert [card.given_names for card in cards] == [PAOLO.first_name, MARIA.first_name]


async def test_the_same_trouble_is_on_the_list_once(house: House) -> None:
    visit = await house.as_(MARIA)(book_visit, house.slot(NOWAK, 24, 9))
    for _ in range(2):
        await house.clinic(report, visit, CaseKind.NOBODY_REACHED)
    assert len(await house.clinic.read(open_cases)) == 1


def test_every_kind_of_case_says_what_to_do() -> None:
    assert set(WHAT_TO_DO) == set(CaseKind)
