"""Where the two engines speak differently."""

from collections.abc import Callable
from typing import TypeAlias

from sqlalchemy import Dialect, Table
from sqlalchemy.dialects import postgresql, sqlite

Insert: TypeAlias = postgresql.Insert | sqlite.Insert
InsertInto: TypeAlias = Callable[[Table], Insert]


def insert_for(dialect: Dialect) -> InsertInto:
    """The engine's own INSERT, which knows what to do about a conflict."""
    return postgresql.insert if dialect.name == "postgresql" else sqlite.insert
