"""R-guesses: a thousand wrong passwords at once, and how many of them were looked at."""

import asyncio
from collections.abc import Sequence
from typing import Final, Literal

from argon2 import PasswordHasher

from bench.bars.memory import ENGINES, small_house
from bench.bars.naive_guesses import naive_guesses
from bench.figures import Result, within
from core.clinic import Clinic
from core.identity.attempts import CHAT_SLOWDOWN, LOGIN_SLOWDOWN
from core.identity.hasher import Hasher
from core.identity.log_in import log_in
from core.identity.person import ChatId, Person, Role
from core.identity.refusals import TooManyAttempts, WrongCredentials
from tests.stage.house import House
from tests.stage.small_clinic import MARIA

GUESSES: Final = 1_000
ONE_CHAT: Final = CHAT_SLOWDOWN.free + 1
MANY_CHATS: Final = LOGIN_SLOWDOWN.free + 1
GUESSER: Final = 666


class CountingArgon(PasswordHasher):
    """Counts the passwords that it is shown."""

    def __init__(self) -> None:
        super().__init__(time_cost=1, memory_cost=8, parallelism=1)
        self.shown = 0

    def verify(self, hash: str | bytes, password: str | bytes) -> Literal[True]:
        self.shown += 1
        return super().verify(hash, password)


async def measure() -> Sequence[Result]:
    results = []
    for engine in ENGINES:
        naive = await naive_guesses(engine, GUESSES)
        async with small_house(engine) as house:
            alone = await evaluated(house, [GUESSER] * GUESSES)
        async with small_house(engine) as house:
            together = await evaluated(house, range(GUESSER, GUESSER + GUESSES))
        what = f"guesses looked at of {GUESSES:,} at once"
        results += [
            within(ONE_CHAT, alone, f"R-guesses-{engine}-chat", f"{what}, one chat, {engine}", "guesses", naive),
            within(
                MANY_CHATS, together, f"R-guesses-{engine}-login", f"{what}, a chat each, {engine}", "guesses", naive
            ),
        ]
    return results


async def evaluated(house: House, chats: Sequence[int]) -> int:
    """How many guesses at one login were held against its hash; they come from these chats, all at once."""
    argon = CountingArgon()
    hasher = Hasher(argon)
    doors = (house.as_(Person(Role.STRANGER, ChatId(chat))) for chat in chats)
    await asyncio.gather(*(_guesses(door, hasher, f"guess {number}") for number, door in enumerate(doors)))
    return argon.shown


async def _guesses(door: Clinic, hasher: Hasher, password: str) -> None:
    try:
        await log_in(door, hasher, MARIA.login, password)
    except (TooManyAttempts, WrongCredentials):
        return
    raise AssertionError("a guess was right")
