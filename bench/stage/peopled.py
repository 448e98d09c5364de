"""A town whose people have accounts and know both bots, and a Telegram that they write to."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

from bench.stage.databases import fresh_database, plain_engine
from bench.stage.telegram import Telegram, open_telegram
from bench.stage.town import Town, furnish, settle


@asynccontextmanager
async def peopled_town(people: Sequence[int], *bots: str) -> AsyncIterator[tuple[str, Telegram]]:
    """The URL of its SQLite database, and the Telegram; nobody is at work yet."""
    async with fresh_database("sqlite") as database, open_telegram() as telegram:
        with plain_engine(database).begin() as connection:
            furnish(connection, Town())
            settle(connection, people)
        await telegram.people(people)
        for token in bots:
            await telegram.acquaint(token, people)
        yield database, telegram
