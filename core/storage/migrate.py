"""Brings the database to the present shape, at start, once, however many processes start together."""

import asyncio
from pathlib import Path
from typing import Final

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from core.storage.database import Database

MOST_RUNS: Final = 8
PAUSE_SECONDS: Final = 0.05


async def migrate(database: Database) -> None:
    """Run what is missing of the migrations in one transaction; whoever comes second waits, and finds nothing to do."""

    def upgrade(connection: Connection) -> None:
        database.begin_alone(connection)
        _upgrade(connection)

    for run in range(1, MOST_RUNS + 1):
        try:
            await database.change(upgrade, patience=None)
            return
        except DBAPIError as error:
            # Switching a new file to WAL does not wait its turn, whatever the busy timeout says.
            if not database.may_repeat(error) or run == MOST_RUNS:
                raise database.named(error) from None
            await asyncio.sleep(PAUSE_SECONDS * run)


def _upgrade(connection: Connection) -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
