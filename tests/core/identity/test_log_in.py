"""Who is let in, who is not, and how alike the two refusals are."""

from datetime import timedelta
from typing import Literal

import pytest
from argon2 import PasswordHasher

from core.clinic import Clinic
from core.identity.attempts import LOGIN_SLOWDOWN
from core.identity.count_attempt import count_attempt
from core.identity.hasher import Hasher
from core.identity.log_in import log_in
from core.identity.log_out import log_out
from core.identity.person import ChatId, Person, Role
from core.identity.questions import own_patient, wait_before_next, who_calls
from core.identity.refusals import LogInNeeded, TooManyAttempts, WrongCredentials
from tests.stage.house import House
from tests.stage.small_clinic import CHEAP, MARIA, PAOLO

NOW = timedelta(0)


class CountingArgon(PasswordHasher):
    """Writes down every hash it is shown."""

    def __init__(self) -> None:
        super().__init__(time_cost=1, memory_cost=8, parallelism=1)
        self.shown: list[str | bytes] = []

    def verify(self, hash: str | bytes, password: str | bytes) -> Literal[True]:
        self.shown.append(hash)
        return super().verify(hash, password)


@pytest.fixture
def hasher() -> Hasher:
    return Hasher(CHEAP)


@pytest.fixture
async def door(house: House) -> Clinic:
    """Maria's chat, greeted and not yet logged in."""
    await house.lets_in(PAOLO)
    await house.lets_in(MARIA)
    stranger = house.as_(Person(Role.STRANGER, ChatId(MARIA.chat)))
    await stranger(log_out)
    return stranger


async def caller(house: House) -> Person:
    return (await house.clinic.read(who_calls, ChatId(MARIA.chat), "en")).person


async def test_the_right_password_opens_a_session(house: House, door: Clinic, hasher: Hasher) -> None:
    await log_in(door, hasher, " Maria", MARIA.password)
    assert await caller(house) == MARIA.person


async def test_the_e_mail_address_is_as_good_as_the_login_however_often(
    house: House, door: Clinic, hasher: Hasher
) -> None:
    for _ in range(LOGIN_SLOWDOWN.free + 2):
        await log_in(door, hasher, "Maria@Example.com", MARIA.password)
        assert await caller(house) == MARIA.person


async def test_the_wrong_password_opens_nothing(house: House, door: Clinic, hasher: Hasher) -> None:
    with pytest.raises(WrongCredentials) as refused:
        await log_in(door, hasher, "maria", PAOLO.password)
    assert refused.value == WrongCredentials(wait=NOW)
    assert (await caller(house)).role is Role.STRANGER


async def test_an_unknown_login_reads_the_same(door: Clinic, hasher: Hasher) -> None:
    said = []
    for login in ("maria", "nobody"):
        with pytest.raises(WrongCredentials) as refused:
            await log_in(door, hasher, login, "guess")
        said.append(refused.value)
    assert said[0] == said[1]


async def test_an_unknown_login_goes_the_same_way(door: Clinic) -> None:
    """One password is verified against one hash of the same kind, whoever is asked for."""
    argon = CountingArgon()
    for login in ("maria", "nobody"):
        with pytest.raises(WrongCredentials):
            await log_in(door, Hasher(argon), login, "guess")
    assert [str(shown).split("$")[:4] for shown in argon.shown] == [CHEAP.hash("x").split("$")[:4]] * 2


async def test_the_hash_of_nobody_lets_nobody_in(hasher: Hasher) -> None:
    assert not await hasher.verify(None, "nobody has this password")


async def test_a_wait_comes_before_the_password(door: Clinic) -> None:
    for _ in range(3):
        await door(count_attempt, "maria")
    argon = CountingArgon()
    with pytest.raises(TooManyAttempts):
        await log_in(door, Hasher(argon), "maria", MARIA.password)
    assert not argon.shown


async def test_the_failure_that_costs_something_says_so(door: Clinic, hasher: Hasher) -> None:
    waits = []
    for _ in range(3):
        with pytest.raises(WrongCredentials) as refused:
            await log_in(door, hasher, "maria", "guess")
        waits.append(refused.value.wait)
    assert waits == [NOW, NOW, timedelta(seconds=15)]


async def test_success_forgets_the_failures(house: House, door: Clinic, hasher: Hasher) -> None:
    for _ in range(2):
        await door(count_attempt, "maria")
    await log_in(door, hasher, "maria", MARIA.password)
    assert not house.rows("SELECT * FROM log_in_attempts")
    assert await door.read(wait_before_next, "maria") == NOW


async def test_success_forgives_no_other_login(house: House, door: Clinic, hasher: Hasher) -> None:
    await house.as_(Person(Role.STRANGER, ChatId(666)))(count_attempt, "paolo")
    await log_in(door, hasher, "maria", MARIA.password)
    assert house.rows("SELECT subject FROM log_in_attempts ORDER BY 1") == [("chat:666",), ("login:paolo",)]


async def test_logging_out_ends_the_session(house: House, door: Clinic, hasher: Hasher) -> None:
    await log_in(door, hasher, "maria", MARIA.password)
    await house.as_(MARIA)(log_out)
    assert await caller(house) == Person(Role.STRANGER, ChatId(MARIA.chat))


async def test_a_second_log_in_closes_the_first_session(house: House, door: Clinic, hasher: Hasher) -> None:
    await log_in(door, hasher, "maria", MARIA.password)
    await log_in(door, hasher, "paolo", PAOLO.password)
    assert (await caller(house)).account == PAOLO.number
    assert house.row("SELECT count(*) FROM sessions WHERE closed_at IS NULL AND chat_id = 1001") == (1,)


async def test_a_patient_asks_only_about_themselves(house: House) -> None:
    assert (await house.as_(MARIA).read(own_patient)).surname == "Zielińska"
    with pytest.raises(LogInNeeded):
        await house.as_(Person(Role.STRANGER, ChatId(1))).read(own_patient)
