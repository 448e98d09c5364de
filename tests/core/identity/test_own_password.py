"""A password of one's own after one that was sent: judged, kept, and all the rest of the account's doors closed."""

import pytest

from core.clinic import Clinic
from core.identity.choose_password import choose_password
from core.identity.hasher import Hasher
from core.identity.log_in import log_in
from core.identity.person import ChatId, Person, Role
from core.identity.questions import own_patient, own_settings, who_calls
from core.identity.refusals import (
    LogInNeeded,
    NewPasswordNeeded,
    PasswordPersonal,
    PasswordSentBefore,
    PasswordTooShort,
    WrongCredentials,
)
from core.visits.questions import planned_visits
from tests.stage.house import House
from tests.stage.small_clinic import CHEAP, MARIA, PAOLO

SENT = "sent-pass-word"
OWN = "Seven-Lilies-7"


@pytest.fixture
async def maria(house: House, hasher: Hasher) -> Clinic:
    """Maria, logged in with the password from a letter."""
    await house.lets_in(MARIA)
    statement = "UPDATE accounts SET temporary_hash = ?, temporary_until = ? WHERE id = ?"
    house.memory.change(statement, [(CHEAP.hash(SENT), "2026-11-30 09:00:00.000000", MARIA.number)])
    await log_in(house.as_(Person(Role.STRANGER, ChatId(MARIA.chat))), hasher, MARIA.login, SENT)
    return house.as_(await calls(house, MARIA.chat))


async def calls(house: House, chat: int) -> Person:
    return (await house.clinic.read(who_calls, ChatId(chat), "en")).person


async def test_with_the_password_that_was_sent_one_can_do_nothing_else(maria: Clinic) -> None:
    for question in (own_patient, own_settings, planned_visits):
        with pytest.raises(NewPasswordNeeded):
            await maria.read(question)


async def test_the_one_that_was_sent_ends_the_one_before(house: House, maria: Clinic, hasher: Hasher) -> None:
    with pytest.raises(WrongCredentials):
        await log_in(house.as_(PAOLO), hasher, MARIA.login, MARIA.password)


async def test_afterwards_everything_is_open_again(house: House, maria: Clinic, hasher: Hasher) -> None:
    await choose_password(maria, hasher, OWN)

    again = house.as_(await calls(house, MARIA.chat))
    assert (await again.read(own_patient)).given_names == MARIA.first_name
    with pytest.raises(WrongCredentials):
        await log_in(maria, hasher, MARIA.login, SENT)
    await log_in(maria, hasher, MARIA.login, OWN)


@pytest.mark.parametrize(
    ("password", "refusal"),
    [(SENT, PasswordSentBefore), ("short", PasswordTooShort), ("Maria-and-co", PasswordPersonal)],
)
async def test_a_password_that_will_not_do_changes_nothing(
    house: House, maria: Clinic, hasher: Hasher, password: str, refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        await choose_password(maria, hasher, password)

    assert (await calls(house, MARIA.chat)).password_due


async def test_whoever_was_logged_in_elsewhere_logs_in_anew(house: House, maria: Clinic, hasher: Hasher) -> None:
    await house.lets_in(PAOLO)
    await log_in(house.as_(PAOLO), hasher, MARIA.login, SENT)
    assert (await calls(house, PAOLO.chat)).account == MARIA.number

    await choose_password(maria, hasher, OWN)

    assert (await calls(house, PAOLO.chat)).role is Role.STRANGER
    assert (await calls(house, MARIA.chat)).role is Role.PATIENT


async def test_a_stranger_chooses_nothing(house: House, hasher: Hasher) -> None:
    with pytest.raises(LogInNeeded):
        await choose_password(house.as_(Person(Role.STRANGER, ChatId(MARIA.chat))), hasher, OWN)
