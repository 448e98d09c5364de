"""The usual way with guesses: look how many there were, try this one, then count it."""

import asyncio
from typing import Final

from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError

from bench.bars.naive_pool import pool_at

LIMIT: Final = 5


async def naive_guesses(engine: str, guesses: int) -> int:
    """How many of so many at once were held against the hash, at a limit of five."""
    argon = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    right, looked_at = argon.hash("right"), 0
    async with pool_at(engine) as pool:
        await pool.change("CREATE TABLE accounts (failures INTEGER)")
        await pool.change("INSERT INTO accounts VALUES (0)")

        async def guess(number: int) -> None:
            nonlocal looked_at
            failures = await pool.value("SELECT failures FROM accounts")
            if failures >= LIMIT:
                return
            looked_at += 1
            try:
                await asyncio.to_thread(argon.verify, right, f"guess {number}")
            except VerifyMismatchError:
                await pool.change("UPDATE accounts SET failures = ?", failures + 1)

        await asyncio.gather(*map(guess, range(guesses)))
    return looked_at
