"""Passwords are hashed with argon2id, in a thread, and never more than two at a time."""

import asyncio
from typing import Final

from argon2 import PasswordHasher
from argon2.exceptions import VerificationError

AT_ONCE: Final = 2


class Hasher:
    """One for the whole process: 64 MiB and some 150 ms a password would stop the loop otherwise."""

    def __init__(self, argon: PasswordHasher | None = None) -> None:
        self._argon = argon or PasswordHasher()
        self._nobody = self._argon.hash("nobody has this password")
        self._places = asyncio.Semaphore(AT_ONCE)

    async def verify(self, password_hash: str | None, password: str) -> bool:
        """Whether the password fits; an account that does not exist takes just as long to say no."""
        async with self._places:
            fits = await asyncio.to_thread(self._fits, password_hash or self._nobody, password)
        return fits and password_hash is not None

    async def hash(self, password: str) -> str:
        """The password's hash, for keeping."""
        async with self._places:
            return await asyncio.to_thread(self._argon.hash, password)

    def _fits(self, password_hash: str, password: str) -> bool:
        try:
            return self._argon.verify(password_hash, password)
        except VerificationError:
            return False
