"""What is kept in which table, and the column types that the areas share."""

from collections.abc import Callable
from datetime import UTC, datetime
from enum import Enum
from json import dumps, loads
from typing import Any, Final

from sqlalchemy import JSON, DateTime, Dialect, MetaData, String, Table
from sqlalchemy.types import TypeDecorator

from core.storage.kind import Kind


class Mapping:
    """All areas' tables, and the plain dataclasses that are rows of them: each field is the column of its name."""

    def __init__(self) -> None:
        self.metadata = MetaData(
            naming_convention={
                "ix": "ix_%(table_name)s_%(column_0_N_name)s",
                "uq": "uq_%(table_name)s_%(column_0_N_name)s",
                "fk": "fk_%(table_name)s_%(column_0_N_name)s",
                "pk": "pk_%(table_name)s",
            }
        )
        self._kinds: dict[type, Kind] = {}

    def keep(self, things: type, table: Table) -> None:
        """Each row of this table is such a thing."""
        self._kinds[things] = Kind(things, table)

    def kind(self, things: type) -> Kind:
        return self._kinds[things]


mapping: Final = Mapping()


class Moment(TypeDecorator[datetime]):
    """An aware datetime, kept in UTC on both engines; a naive one is a mistake of ours."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def bind_processor(self, dialect: Dialect) -> Callable[[datetime | None], Any]:
        return _moment_as_text if dialect.name == "sqlite" else _moment

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], datetime | None]:
        return _read_moment if dialect.name == "sqlite" else _moment


def _moment(value: datetime | None) -> datetime | None:
    if value is None:
        return None
    if value.tzinfo is None:
        raise TypeError("a naive datetime has no moment")
    return value.astimezone(UTC)


def _moment_as_text(value: datetime | None) -> str | None:
    """As SQLAlchemy writes it for SQLite, so that texts are in the order of time."""
    moment = _moment(value)
    return None if moment is None else moment.replace(tzinfo=None).isoformat(" ", "microseconds")


def _read_moment(value: str | None) -> datetime | None:
    return None if value is None else datetime.fromisoformat(value).replace(tzinfo=UTC)


class Document(TypeDecorator[Any]):
    """What JSON can say, kept as its text; None is nothing kept."""

    impl = JSON
    cache_ok = True

    def bind_processor(self, dialect: Dialect) -> Callable[[Any], str | None]:
        return lambda value: None if value is None else dumps(value)

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], Any]:
        """SQLite takes a text that is a number for the number."""
        return lambda text: loads(text) if isinstance(text, str) else text


class DocumentText(TypeDecorator[str]):
    """The same, for whoever reads and writes the text themselves; never that of a bare number."""

    impl = JSON
    cache_ok = True

    def bind_processor(self, dialect: Dialect) -> None:
        return None

    def result_processor(self, dialect: Dialect, coltype: object) -> None:
        return None


class Choice(TypeDecorator[Any]):
    """A member of a StrEnum, kept as its word."""

    impl = String(32)
    cache_ok = True

    def __init__(self, kind: type[Enum]) -> None:
        super().__init__()
        self.kind = kind

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:
        return None if value is None else str(self.kind(value).value)

    def process_result_value(self, value: Any, dialect: Dialect) -> Enum | None:
        return None if value is None else self.kind(value)
