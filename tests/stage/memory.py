"""The database itself, past every store, on both engines."""

import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final
from uuid import uuid4

import psycopg
import pytest
from sqlalchemy import NullPool, create_engine, make_url

ENGINES: Final = ("sqlite", "postgresql")
SERVER: Final = os.environ.get("RECEPTION_TEST_POSTGRESQL") or "postgresql://postgres@127.0.0.1:5432/postgres"


def sqlite_at(file: Path) -> str:
    return f"sqlite:///{file}"


class Memory:
    """Rows as SQLite shows them, whichever engine keeps them: moments in UTC and days as text."""

    def __init__(self, url: str) -> None:
        parsed = make_url(url)
        self._postgresql = parsed.get_backend_name() == "postgresql"
        if self._postgresql:
            parsed = parsed.set(drivername="postgresql+psycopg").update_query_dict({"options": "-c timezone=UTC"})
        self._engine = create_engine(parsed, poolclass=NullPool)

    def rows(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        """What a statement with `?` for its values gives; what it changes is kept."""
        with self._engine.begin() as connection:
            result = connection.exec_driver_sql(self._spoken(query), values)
            return [tuple(map(_plain, row)) for row in result] if result.returns_rows else []

    def row(self, query: str, *values: object) -> tuple[Any, ...]:
        [only] = self.rows(query, *values)
        return only

    def change(self, statement: str, values: list[tuple[Any, ...]]) -> None:
        with self._engine.begin() as connection:
            connection.exec_driver_sql(self._spoken(statement), values)

    def plan(self, statement: str, values: Any) -> str:
        """How a statement of the driver's own spelling would find its rows, were there many of them."""
        if not self._postgresql:
            return " ".join(row[3] for row in self.rows(f"EXPLAIN QUERY PLAN {statement}", *values))
        places = len(set(re.findall(r"\$\d+", statement)))
        with self._engine.begin() as connection:
            connection.exec_driver_sql("SET LOCAL enable_seqscan = off")
            connection.exec_driver_sql("SET LOCAL plan_cache_mode = force_generic_plan")
            connection.exec_driver_sql(f"PREPARE asked AS {statement}")
            lines = connection.exec_driver_sql(f"EXPLAIN EXECUTE asked({', '.join(['NULL'] * places)})")
            return " ".join(line for (line,) in lines)

    def _spoken(self, statement: str) -> str:
        return statement.replace("%", "%%").replace("?", "%s") if self._postgresql else statement


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M:%S.%f")
    return value.isoformat() if isinstance(value, date) else value


@contextmanager
def postgresql_database(template: str | None = None) -> Iterator[str]:
    """The URL of a database of one's own, a copy of another where that is named by its URL; dropped afterwards.

    Skips the test where no server answers; in CI it fails.
    """
    name = f"reception_test_{uuid4().hex}"
    try:
        server = psycopg.connect(SERVER, autocommit=True, connect_timeout=3)
    except psycopg.OperationalError as silence:
        if os.environ.get("CI") == "true":
            raise
        pytest.skip(f"no PostgreSQL: {silence}")
    with server:
        copied = f" TEMPLATE {make_url(template).database}" if template else ""
        server.execute(f"CREATE DATABASE {name}{copied}")
        try:
            yield make_url(SERVER).set(database=name).render_as_string(hide_password=False)
        finally:
            server.execute(f"DROP DATABASE {name} WITH (FORCE)")


@contextmanager
def copy_of(furnished: str, folder: Path) -> Iterator[str]:
    """A furnished database again, at another URL."""
    url = make_url(furnished)
    if url.get_backend_name() == "postgresql":
        with postgresql_database(furnished) as copied:
            yield copied
    else:
        yield sqlite_at(Path(shutil.copy(url.database or "", folder / "reception.db")))
