"""Letters with a password: sent again, sent elsewhere, or for whoever forgot theirs; few, and one good at a time."""

from dataclasses import replace
from datetime import timedelta

import pytest

from core.alerts.claim_due_alerts import claim_due_alerts
from core.clinic import Clinic
from core.errors import NotFound
from core.facility.profile import Channel
from core.identity.hasher import Hasher
from core.identity.log_in import log_in
from core.identity.person import AccountId, Person, Role
from core.identity.questions import email_of_new_account, own_patient
from core.identity.refusals import (
    EmailTaken,
    TooManyLetters,
    WrongCredentials,
)
from core.identity.sign_up import SignUp
from tests.core.identity.newcomers import EWA, NEIGHBOUR, letters, passwords
from tests.stage.house import House
from tests.stage.small_clinic import MARIA


async def test_a_letter_sent_elsewhere_voids_the_one_before(
    house: House, newcomer: Clinic, sign_up: SignUp, hasher: Hasher
) -> None:
    account_id = await sign_up.open(newcomer, replace(EWA, email="eva@example.com"))
    [first] = passwords(house)

    await sign_up.send_again(newcomer, account_id, "ewa@example.com")

    [second] = passwords(house)
    assert await newcomer.read(email_of_new_account, account_id) == "ewa@example.com"
    with pytest.raises(WrongCredentials):
        await log_in(newcomer, hasher, "ewa.wolna", first)
    await log_in(newcomer, hasher, "ewa.wolna", second)


async def test_letters_are_few(house: House, newcomer: Clinic, sign_up: SignUp) -> None:
    account_id = await sign_up.open(newcomer, EWA)
    await sign_up.send_again(newcomer, account_id, EWA.email)
    await sign_up.send_again(newcomer, account_id, EWA.email)

    with pytest.raises(TooManyLetters) as refused:
        await sign_up.send_again(newcomer, account_id, "elsewhere@example.com")

    assert refused.value.wait == timedelta(minutes=15)
    assert await newcomer.read(email_of_new_account, account_id) == EWA.email
    house.clock.moment += timedelta(minutes=16)
    await sign_up.send_again(newcomer, account_id, EWA.email)


async def test_nobody_else_sends_an_accounts_letters_elsewhere(
    house: House, newcomer: Clinic, sign_up: SignUp, hasher: Hasher
) -> None:
    account_id = await sign_up.open(newcomer, EWA)
    [password] = passwords(house)
    neighbour = house.as_(Person(Role.STRANGER, NEIGHBOUR))

    for clinic, account in ((neighbour, account_id), (newcomer, AccountId(MARIA.number)), (newcomer, AccountId(1))):
        with pytest.raises(NotFound):
            await sign_up.send_again(clinic, account, "mine@example.com")
    await log_in(newcomer, hasher, "ewa.wolna", password)
    with pytest.raises(NotFound):
        await sign_up.send_again(newcomer, account_id, "mine@example.com")


async def test_another_patients_mailbox_is_no_place_for_the_letter_either(newcomer: Clinic, sign_up: SignUp) -> None:
    account_id = await sign_up.open(newcomer, EWA)

    with pytest.raises(EmailTaken):
        await sign_up.send_again(newcomer, account_id, "maria@example.com")

    assert await newcomer.read(email_of_new_account, account_id) == EWA.email


@pytest.mark.parametrize("name", ["maria", " Maria ", "maria@example.com", "MARIA@example.com"])
async def test_a_forgotten_password_is_replaced_by_a_letter(
    house: House, newcomer: Clinic, sign_up: SignUp, hasher: Hasher, name: str
) -> None:
    await sign_up.forgotten(newcomer, name)

    assert house.rows("SELECT account_id, channel FROM alerts") == [(MARIA.number, Channel.EMAIL)]
    await log_in(newcomer, hasher, MARIA.login, passwords(house)[0])


async def test_nobody_is_owed_a_letter_where_nobody_has_the_name(
    house: House, newcomer: Clinic, sign_up: SignUp
) -> None:
    for name in ("nobody", "nobody@example.com", "", "@", "maria zielińska"):
        await sign_up.forgotten(newcomer, name)
    assert letters(house) == 0


async def test_ones_own_password_ends_the_one_that_was_sent(
    house: House, newcomer: Clinic, sign_up: SignUp, hasher: Hasher
) -> None:
    await sign_up.forgotten(newcomer, MARIA.login)
    [sent] = passwords(house)

    await log_in(newcomer, hasher, MARIA.login, MARIA.password)

    assert (await house.as_(MARIA).read(own_patient)).given_names == MARIA.first_name
    with pytest.raises(WrongCredentials):
        await log_in(newcomer, hasher, MARIA.login, sent)


async def test_a_password_that_was_sent_is_good_for_seven_days(
    house: House, newcomer: Clinic, sign_up: SignUp, hasher: Hasher
) -> None:
    await sign_up.open(newcomer, EWA)
    [password] = passwords(house)
    house.clock.moment += timedelta(days=7)

    with pytest.raises(WrongCredentials):
        await log_in(newcomer, hasher, "ewa.wolna", password)


async def test_letters_beyond_few_are_dropped_without_a_word(house: House, newcomer: Clinic, sign_up: SignUp) -> None:
    for _ in range(5):
        await sign_up.forgotten(newcomer, MARIA.login)

    assert letters(house) == 3
    assert len(passwords(house)) == 1


async def test_the_letter_is_due_at_once(house: House, newcomer: Clinic, sign_up: SignUp) -> None:
    await sign_up.open(newcomer, EWA)
    assert len(await house.clinic(claim_due_alerts, Channel.EMAIL, 10)) == 1
