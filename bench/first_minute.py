"""P9: from the start to the first question to Telegram, and what the process then holds, against the bare imports."""

from collections.abc import Awaitable, Callable
from time import perf_counter
from typing import Final

from bench.figures import Result, Rounds, at_most
from bench.progress import progress
from bench.scale import sized
from bench.servers import move_to_the_servers_core, program
from bench.stage.bot import our_bot
from bench.stage.databases import fresh_database, plain_engine
from bench.stage.telegram import Telegram, open_telegram
from bench.stage.town import Town, furnish

START: Final = "seconds from the start until the bot listens, against importing the stock stack"
MEMORY: Final = "MB resident by then, against the stock stack imported"
BAR: Final = 0.8
ROUNDS: Final = sized(3, full=9)
MB: Final = 1_000_000

Figures = tuple[float, float]


async def measure() -> list[Result]:
    move_to_the_servers_core()
    ours: list[Figures] = []
    theirs: list[Figures] = []
    async with fresh_database("sqlite") as database:
        with plain_engine(database).begin() as connection:
            furnish(connection, Town())
        with progress("P9, starts", (ROUNDS + 1) * 2) as done:
            for number in range(ROUNDS + 1):
                # The first start of either side reads its files from the disk.
                kept = number > 0
                for side, figures in ((_ours(database), ours), (_stack, theirs)):
                    taken = await side()
                    figures.extend([taken] if kept else [])
                    done(1)
    return [
        at_most(BAR, _rounds(ours, theirs, 0), "P9-start", START),
        at_most(BAR, _rounds(ours, theirs, 1), "P9-memory", MEMORY),
    ]


def _rounds(ours: list[Figures], theirs: list[Figures], which: int) -> Rounds:
    return Rounds([figures[which] for figures in ours], [figures[which] for figures in theirs])


def _ours(database: str) -> Callable[[], Awaitable[Figures]]:
    async def start() -> Figures:
        async with open_telegram() as telegram:
            return await _started(telegram, database)

    return start


async def _started(telegram: Telegram, database: str) -> Figures:
    began = perf_counter()
    async with our_bot(telegram, database) as bot:
        return perf_counter() - began, bot.resident_bytes / MB


async def _stack() -> Figures:
    began = perf_counter()
    async with program("-m", "bench.naive.stack") as imported:
        await imported.line()
        return perf_counter() - began, imported.resident_bytes / MB
