"""A bot that is killed again and again at moments of chance, while people go on writing to it."""

import asyncio
from collections.abc import Callable, Coroutine, Iterable
from contextlib import AbstractAsyncContextManager
from random import Random
from typing import Any, Final, TypeAlias

from bench.bars.crowd import Ear, Guests

# A process of a bot's; whoever leaves the block kills it.
Life: TypeAlias = Callable[[], AbstractAsyncContextManager[Any]]
Deed: TypeAlias = Coroutine[Any, Any, Any]
LIFE_SECONDS: Final = 120
DELAY_SECONDS: Final = 0.05


async def storm(
    begin: Life, guests: Guests, ear: Ear, chance: Random, *, messages: int, deeds: Iterable[Deed] = ()
) -> None:
    """One life among so many messages: half of them wait when it begins, half come while it lives.

    It is killed once it has answered some, at most half; nobody knows how many.
    """
    waiting = messages // 2
    await guests.say(waiting)
    async with asyncio.TaskGroup() as crowd:
        for deed in (guests.say(messages - waiting), *deeds):
            crowd.create_task(deed)
        async with begin(), asyncio.timeout(LIFE_SECONDS):
            await ear.hears(chance.randint(1, waiting))
            await asyncio.sleep(chance.random() * DELAY_SECONDS)
    await ear.hear()
