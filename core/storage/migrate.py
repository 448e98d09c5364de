"""Brings the database to the present shape, at start, once, however many processes start together."""

import asyncio
from pathlib import Path
from typing import Final

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import Script, ScriptDirectory
from sqlalchemy import Connection

from core.progress import Tell, in_silence
from core.storage.database import Database, named
from core.storage.fault import Fault

MOST_RUNS: Final = 8
PAUSE_SECONDS: Final = 0.05


async def migrate(database: Database, tell: Tell = in_silence) -> None:
    """Run what is missing of the migrations in one transaction; whoever comes second waits, and finds nothing to do.

    `tell` hears of each by what its file says of it.
    """

    def upgrade(connection: Connection) -> None:
        _upgrade(connection, tell)

    for run in range(1, MOST_RUNS + 1):
        try:
            await database.reshape(upgrade)
            return
        except Fault as fault:
            # Switching a new file to WAL does not wait its turn, whatever the busy timeout says.
            if not fault.again or run == MOST_RUNS:
                raise named(fault) from None
            await asyncio.sleep(PAUSE_SECONDS * run)


def _upgrade(connection: Connection, tell: Tell) -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    for revision in _missing(config, connection):
        tell(revision.doc, 0, 1)
        command.upgrade(config, revision.revision)
        tell(revision.doc, 1, 1)


def _missing(config: Config, connection: Connection) -> list[Script]:
    """The migrations that this database has not seen, oldest first."""
    present = MigrationContext.configure(connection).get_current_revision()
    newest_first = ScriptDirectory.from_config(config).iterate_revisions("head", present or "base")
    return list(newest_first)[::-1]
