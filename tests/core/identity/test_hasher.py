"""Passwords are verified in threads, two at a time."""

import asyncio
import threading
from typing import Literal

from argon2 import PasswordHasher

from core.identity.hasher import AT_ONCE, Hasher
from tests.stage.small_clinic import CHEAP

PATIENCE_SECONDS = 10


class PairingArgon(PasswordHasher):
    """Goes on only when a second one is at work beside it, and counts how many ever were."""

    def __init__(self) -> None:
        super().__init__(time_cost=1, memory_cost=8, parallelism=1)
        self._pair, self._counting = threading.Barrier(AT_ONCE), threading.Lock()
        self._now = self.most = 0

    def verify(self, hash: str | bytes, password: str | bytes) -> Literal[True]:
        with self._counting:
            self._now += 1
            self.most = max(self.most, self._now)
        self._pair.wait(PATIENCE_SECONDS)
        with self._counting:
            self._now -= 1
        return super().verify(hash, password)


async def test_a_password_fits_its_own_hash_alone() -> None:
    hasher = Hasher(CHEAP)
    kept = await hasher.hash("Tulip-1!")
    assert await hasher.verify(kept, "Tulip-1!")
    assert not await hasher.verify(kept, "tulip-1!")


async def test_what_is_no_hash_fits_nothing() -> None:
    assert not await Hasher(CHEAP).verify("$argon2id$v=19$broken", "Tulip-1!")


async def test_two_passwords_are_verified_at_once_and_never_more() -> None:
    argon = PairingArgon()
    hasher = Hasher(argon)
    kept = await hasher.hash("Tulip-1!")
    assert all(await asyncio.gather(*(hasher.verify(kept, "Tulip-1!") for _ in range(20))))
    assert argon.most == AT_ONCE


async def test_the_loop_goes_on_while_a_password_is_verified() -> None:
    argon = PairingArgon()
    hasher = Hasher(argon)
    async with asyncio.TaskGroup() as tasks:
        first = tasks.create_task(hasher.verify(None, "x"))
        second = tasks.create_task(hasher.verify(None, "y"))
    assert (first.result(), second.result()) == (False, False)
