"""Brings the database to the present shape, at start, once, however many processes start together."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection

from core.storage.database import Database


async def migrate(database: Database) -> None:
    """Run what is missing of the migrations in one transaction; whoever comes second waits, and finds nothing to do."""
    async with database.changes() as connection:
        await connection.run_sync(_upgrade)


def _upgrade(connection: Connection) -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
