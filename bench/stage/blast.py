"""A bot with people who will be reminded all at once, in waves: each wave falls due when the clock is moved to it."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from bench.child import Child
from bench.stage.bot import OURS, our_bot
from bench.stage.databases import fresh_database, plain_engine
from bench.stage.reminders import owe_reminders
from bench.stage.telegram import Call, Telegram, open_telegram
from bench.stage.town import FIRST_PERSON, NOW, Town, furnish, settle

BETWEEN_WAVES: Final = timedelta(minutes=10)
PATIENCE: Final = 3.0
LEAST_SECONDS: Final = 60.0
CAP_PER_SECOND: Final = 30
TOWN: Final = Town()


@dataclass(frozen=True, slots=True)
class Blast:
    """`idle` are people who are reminded of nothing."""

    telegram: Telegram
    bot: Child
    wave: int
    idle: Sequence[int]

    async def begin(self) -> int:
        """The next wave falls due; the number of the last call before it."""
        after = await self.telegram.last_call()
        await self.telegram.advance_clock(BETWEEN_WAVES.total_seconds())
        return after

    async def ends(self, after: int) -> list[Call]:
        """Wait until everybody of the wave has been reminded."""
        seconds = max(LEAST_SECONDS, PATIENCE * self.wave / CAP_PER_SECOND)
        return await self.telegram.answered(OURS, after, self.wave, seconds)


@asynccontextmanager
async def open_blast(waves: int, wave: int, idle: int = 0, *start: str, town: Town = TOWN) -> AsyncIterator[Blast]:
    """Our bot at work on SQLite, with so many waves of so many reminders ahead."""
    reminded = range(FIRST_PERSON, FIRST_PERSON + waves * wave)
    others = range(reminded.stop, reminded.stop + idle)
    everybody = range(FIRST_PERSON, others.stop)
    async with fresh_database("sqlite") as database, open_telegram() as telegram:
        with plain_engine(database).begin() as connection:
            furnish(connection, town)
            settle(connection, everybody)
            for number in range(waves):
                people = reminded[number * wave : (number + 1) * wave]
                owe_reminders(connection, people, NOW + (number + 1) * BETWEEN_WAVES, first_slot=number * wave + 1)
        await telegram.people(everybody)
        await telegram.acquaint(OURS, everybody)
        async with our_bot(telegram, database, *start) as bot:
            yield Blast(telegram, bot, wave, others)
