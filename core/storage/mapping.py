"""What is kept in which table, and the column types that the areas share."""

from datetime import UTC, datetime
from enum import Enum
from typing import Any, Final

from sqlalchemy import DateTime, Dialect, MetaData, String, Table
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

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise TypeError("a naive datetime has no moment")
        utc = value.astimezone(UTC)
        return utc.replace(tzinfo=None) if dialect.name == "sqlite" else utc

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


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
