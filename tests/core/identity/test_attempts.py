"""Failed log-ins slow down the next one; the right password and a day forgive."""

import asyncio
from datetime import timedelta

import pytest

from core.clinic import Clinic
from core.identity.attempts import CHAT_SLOWDOWN, LOGIN_SLOWDOWN, Attempts, Slowdown
from core.identity.count_attempt import count_attempt
from core.identity.person import ChatId, Person, Role
from core.identity.questions import wait_before_next
from core.identity.refusals import TooManyAttempts
from tests.stage.house import House
from tests.stage.small_clinic import MARIA, MONDAY

SECOND = timedelta(seconds=1)


def chat(house: House, number: int) -> Clinic:
    return house.as_(Person(Role.STRANGER, ChatId(number)))


async def passes(clinic: Clinic, login: str) -> bool:
    try:
        await clinic(count_attempt, login)
    except TooManyAttempts:
        return False
    return True


async def waits(clinic: Clinic, login: str) -> float:
    return (await clinic.read(wait_before_next, login)).total_seconds()


def test_waits_double_up_to_a_limit() -> None:
    slowdown = Slowdown(free=2, first=15 * SECOND, at_most=timedelta(minutes=15))
    waits = [int(slowdown.after(failures).total_seconds()) for failures in range(1, 12)]
    assert waits == [0, 0, 15, 30, 60, 120, 240, 480, 900, 900, 900]


def test_no_number_of_failures_is_too_great() -> None:
    assert CHAT_SLOWDOWN.after(10**9) == CHAT_SLOWDOWN.at_most


def test_a_guess_is_counted_before_it_is_tried() -> None:
    attempts = Attempts("chat:1", 2, MONDAY)
    attempts.count(MONDAY, CHAT_SLOWDOWN)
    assert attempts.wait(MONDAY) == 15 * SECOND


def test_a_day_after_the_last_wait_everything_is_forgotten() -> None:
    attempts = Attempts("chat:1", 8, MONDAY)
    attempts.count(MONDAY + timedelta(hours=24) + timedelta(microseconds=1), CHAT_SLOWDOWN)
    assert attempts.failures == 1


def test_until_then_nothing_is() -> None:
    attempts = Attempts("chat:1", 8, MONDAY)
    attempts.count(MONDAY + timedelta(hours=24), CHAT_SLOWDOWN)
    assert attempts.failures == 9


async def test_of_a_thousand_guesses_at_once_only_the_free_ones_pass(house: House) -> None:
    guesser = chat(house, 666)
    passed = await asyncio.gather(*(passes(guesser, "maria") for _ in range(1000)))
    assert sum(passed) == CHAT_SLOWDOWN.free + 1


async def test_many_chats_together_guess_one_login_no_faster(house: House) -> None:
    passed = await asyncio.gather(*(passes(chat(house, number), "maria") for number in range(1, 101)))
    assert sum(passed) == LOGIN_SLOWDOWN.free + 1


async def test_a_chat_guessing_many_logins_is_slowed_down_too(house: House) -> None:
    guesser = chat(house, 666)
    assert [await passes(guesser, f"login{n}") for n in range(5)] == [True, True, True, False, False]


async def test_one_chats_guesses_do_not_hold_up_another(house: House) -> None:
    for _ in range(5):
        await passes(chat(house, 666), "maria")
    assert await passes(chat(house, MARIA.chat), "maria")


async def test_a_refused_guess_makes_no_wait_longer(house: House) -> None:
    guesser = chat(house, 666)
    for _ in range(9):
        await passes(guesser, "maria")
    assert await waits(guesser, "maria") == 15


async def test_each_wait_that_was_waited_out_makes_the_next_longer(house: House) -> None:
    guesser, seen = chat(house, 666), []
    for _ in range(6):
        assert await passes(guesser, "maria")
        seen.append(await waits(guesser, "maria"))
        house.clock.moment += seen[-1] * SECOND
    assert seen == [0, 0, 15, 30, 60, 120]


async def test_a_login_written_otherwise_is_the_same_login(house: House) -> None:
    guesser = chat(house, 666)
    assert [await passes(guesser, login) for login in ("maria", " MARIA", "Maria ", "mARIA")] == [True] * 3 + [False]


async def test_a_mailbox_written_otherwise_is_the_same_mailbox(house: House) -> None:
    names = [f"{'MARIA' if n % 2 else 'maria'}+{n}@Example.com" for n in range(LOGIN_SLOWDOWN.free + 2)]
    passed = [await passes(chat(house, number), name) for number, name in enumerate(names, start=1)]
    assert passed == [True] * (LOGIN_SLOWDOWN.free + 1) + [False]


async def test_a_login_of_any_length_can_be_counted(house: House) -> None:
    assert await passes(chat(house, 666), "ß" * 10_000)


async def test_the_refusal_says_how_long(house: House) -> None:
    guesser = chat(house, 666)
    for _ in range(3):
        await guesser(count_attempt, "maria")
    with pytest.raises(TooManyAttempts) as refused:
        await guesser(count_attempt, "maria")
    assert refused.value == TooManyAttempts(15 * SECOND)
