"""Where the two engines speak differently."""

from collections.abc import Callable
from typing import TypeAlias

from sqlalchemy import Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

Insert: TypeAlias = postgresql.Insert | sqlite.Insert
InsertInto: TypeAlias = Callable[[Table], Insert]


def insert_for(session: Session) -> InsertInto:
    """The engine's own INSERT, which knows what to do about a conflict."""
    return postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
