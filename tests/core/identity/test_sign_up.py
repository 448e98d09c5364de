"""An account of one's own, and the letters with a password that belong to it."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from cryptography.exceptions import InvalidTag

from core.clinic import Clinic
from core.facility.refusals import DeskClosed
from core.identity.hasher import Hasher
from core.identity.log_in import log_in
from core.identity.newcomer import Newcomer
from core.identity.person import Person, Role
from core.identity.questions import email_of_new_account, who_calls
from core.identity.refusals import (
    EmailNotUsable,
    EmailTaken,
    IdentifierTaken,
    NotAName,
    NotAPhone,
    TooManyAttempts,
    WrongIdentifier,
)
from core.identity.sign_up import SignUp
from core.intake.cause import Cause, cause
from core.seal import letter_place
from tests.core.identity.newcomers import CHAT, EWA, NEIGHBOUR, OLA, SEAL, letters, passwords
from tests.stage.house import House

FREE_TRIES = 20


async def test_an_account_is_made_with_its_patient_and_its_letter(
    house: House, newcomer: Clinic, sign_up: SignUp
) -> None:
    account_id = await sign_up.open(newcomer, EWA)

    login, email, own, opened = house.row(
        "SELECT login, email, password_hash, opened_at FROM accounts WHERE id = ?", account_id
    )
    assert (login, email, own) == ("ewa.wolna", "ewa@example.com", "")
    assert opened is not None
    names = house.row("SELECT given_names, surname, phone, sex FROM patients WHERE identifier = ?", EWA.identifier)
    assert names == ("Ewa Anna", "Wolna", "+48601234567", "female")
    assert house.rows("SELECT kind, channel, account_id FROM alerts") == [("credentials", "email", account_id)]
    assert await newcomer.read(email_of_new_account, account_id) == "ewa@example.com"


async def test_the_password_stands_in_its_own_letter_alone(house: House, newcomer: Clinic, sign_up: SignUp) -> None:
    await sign_up.open(newcomer, EWA)

    [(alert_id, sealed)] = house.rows("SELECT id, sealed FROM alerts")
    [password] = passwords(house)
    assert password.encode() not in bytes(sealed)
    with pytest.raises(InvalidTag):
        SEAL.open(bytes(sealed), letter_place(alert_id + 1))


async def test_one_logs_in_with_it_and_chooses_ones_own_first(
    house: House, newcomer: Clinic, sign_up: SignUp, hasher: Hasher
) -> None:
    account_id = await sign_up.open(newcomer, EWA)

    await log_in(newcomer, hasher, "EWA@example.com", passwords(house)[0])

    caller = await house.clinic.read(who_calls, CHAT, "pl")
    assert (caller.person.account, caller.person.password_due) == (account_id, True)


async def test_an_update_worked_on_twice_makes_one_account(house: House, newcomer: Clinic, sign_up: SignUp) -> None:
    cause.set(Cause("7:1"))
    first = await sign_up.open(newcomer, EWA)
    cause.set(Cause("7:1"))
    second = await sign_up.open(newcomer, EWA)

    assert first == second
    assert len(passwords(house)) == 1


@pytest.mark.parametrize("email", ["ewa@example.com", "EWA@Example.com", "ewa+ola@example.com"])
async def test_two_patients_never_share_a_mailbox(newcomer: Clinic, sign_up: SignUp, email: str) -> None:
    await sign_up.open(newcomer, EWA)

    with pytest.raises(EmailTaken):
        await sign_up.check_email(newcomer, email)
    with pytest.raises(EmailTaken):
        await sign_up.open(newcomer, replace(OLA, email=email))


async def test_of_two_who_want_one_mailbox_at_once_one_gets_it(house: House, newcomer: Clinic, sign_up: SignUp) -> None:
    neighbour = house.as_(Person(Role.STRANGER, NEIGHBOUR))
    both = [sign_up.open(newcomer, EWA), sign_up.open(neighbour, replace(OLA, email="Ewa+x@example.com"))]

    outcomes = await asyncio.gather(*both, return_exceptions=True)

    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["EmailTaken", "int"]
    assert len(passwords(house)) == 1


async def test_of_two_with_one_identifier_at_once_one_gets_an_account(
    house: House, newcomer: Clinic, sign_up: SignUp
) -> None:
    neighbour = house.as_(Person(Role.STRANGER, NEIGHBOUR))
    both = [sign_up.open(newcomer, EWA), sign_up.open(neighbour, replace(EWA, email="other@example.com"))]

    outcomes = await asyncio.gather(*both, return_exceptions=True)

    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["IdentifierTaken", "int"]


async def test_an_identifier_with_an_account_is_taken_and_the_reception_offered(
    house: House, newcomer: Clinic, sign_up: SignUp
) -> None:
    await sign_up.open(newcomer, EWA)

    with pytest.raises(IdentifierTaken) as refused:
        await sign_up.check_identifier(newcomer, EWA.identifier)
    assert refused.value.phone == house.clinic.facility.reception.phone


def writes_down(house: House, surname: str, phone: str) -> None:
    """The reception knows somebody with this identifier, who has no account."""
    house.memory.change(
        "INSERT INTO patients (id, given_names, surname, born, identifier, phone) VALUES (?, ?, ?, ?, ?, ?)",
        [(77, "Ewa Anna", surname, "1990-02-03", EWA.identifier, phone)],
    )


async def test_a_patient_whom_the_clinic_knows_keeps_the_visits_they_have(
    house: House, newcomer: Clinic, sign_up: SignUp
) -> None:
    writes_down(house, "WOLNA", "+48601234567")

    account_id = await sign_up.open(newcomer, EWA)

    assert house.row("SELECT patient_id FROM accounts WHERE id = ?", account_id) == (77,)
    assert house.row("SELECT count(*) FROM patients WHERE identifier = ?", EWA.identifier) == (1,)


@pytest.mark.parametrize(("surname", "phone"), [("Lis", "+48601234567"), ("Wolna", "+48602345678")])
async def test_a_right_identifier_is_no_proof_of_identity(
    house: House, newcomer: Clinic, sign_up: SignUp, surname: str, phone: str
) -> None:
    writes_down(house, surname, phone)

    with pytest.raises(IdentifierTaken):
        await sign_up.open(newcomer, EWA)

    assert letters(house) == 0


async def test_a_second_of_the_same_name_gets_a_login_of_her_own(
    house: House, newcomer: Clinic, sign_up: SignUp
) -> None:
    await sign_up.open(newcomer, EWA)
    await sign_up.open(newcomer, replace(OLA, given_names="Ewa"))

    logins = [login for (login,) in house.rows("SELECT login FROM accounts WHERE opened_at IS NOT NULL")]
    assert len(set(logins)) == 2
    assert all(login.startswith("ewa.wolna") for login in logins)


BAD = [
    (replace(EWA, identifier="90020312345"), WrongIdentifier),
    (replace(EWA, surname="4ever"), NotAName),
    (replace(EWA, email="ewa@example.com\nBcc: all@example.com"), EmailNotUsable),
    (replace(EWA, phone="12"), NotAPhone),
]


@pytest.mark.parametrize(("typed", "refusal"), BAD)
async def test_no_field_is_believed_because_a_screen_has_read_it(
    house: House, newcomer: Clinic, sign_up: SignUp, typed: Newcomer, refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        await sign_up.open(newcomer, typed)
    assert letters(house) == 0


async def test_at_night_no_account_is_made(house: House, newcomer: Clinic, sign_up: SignUp) -> None:
    house.clock.moment = datetime(2026, 11, 23, 21, 0, tzinfo=UTC)
    with pytest.raises(DeskClosed):
        await sign_up.open(newcomer, EWA)


async def test_nobody_finds_out_many_addresses(house: House, newcomer: Clinic, sign_up: SignUp) -> None:
    for number in range(FREE_TRIES):
        await sign_up.check_email(newcomer, f"guess{number}@example.com")
    await sign_up.check_identifier(newcomer, EWA.identifier)

    with pytest.raises(TooManyAttempts) as refused:
        await sign_up.check_email(newcomer, "maria@example.com")

    assert refused.value.wait == timedelta(minutes=1)
    await sign_up.check_email(house.as_(Person(Role.STRANGER, NEIGHBOUR)), "free@example.com")
