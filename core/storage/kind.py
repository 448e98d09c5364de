"""One kind of thing that is kept: how it is read from its rows, and how it is written."""

from dataclasses import fields
from functools import cached_property
from operator import attrgetter
from typing import Any, Final

from sqlalchemy import Table, bindparam, select, update

from core.storage.prepared import Prepared, Row


class Kind:
    """A dataclass and its table. A thing is made of a row as it stands, without its constructor."""

    def __init__(self, things: type, table: Table) -> None:
        self.table: Final = table
        self.names: Final = tuple(column.name for column in table.columns)
        if set(self.names) != {field.name for field in fields(things)}:
            raise TypeError(f"{things.__name__} and {table.name} differ")
        self._things = things
        self._own = tuple(column.name for column in table.primary_key)
        self._look: Any = attrgetter(*self.names)
        self._key_of = [self.names.index(name) for name in self._own]
        self._changes: dict[tuple[str, ...], Prepared] = {}

    def make(self, row: Row) -> Any:
        thing: Any = object.__new__(self._things)
        self.refresh(thing, row)
        return thing

    def refresh(self, thing: Any, row: Row) -> None:
        thing.__dict__.update(zip(self.names, row, strict=True))

    def row(self, thing: Any) -> Row:
        """As it stands now."""
        values: Row = self._look(thing)
        return values

    def key(self, row: Row) -> Row:
        return tuple([row[place] for place in self._key_of])

    def named_key(self, key: Row) -> dict[str, Any]:
        return {f"own_{name}": value for name, value in zip(self._own, key, strict=True)}

    @cached_property
    def all(self) -> Any:
        """Every column, in the order in which `make` takes them."""
        return select(self.table)

    @cached_property
    def by_key(self) -> Prepared:
        return Prepared(self.all.where(*self._is_own()))

    @cached_property
    def by_key_for_update(self) -> Prepared:
        return Prepared(self.all.where(*self._is_own()).with_for_update())

    @cached_property
    def addition(self) -> Prepared:
        return Prepared(self.table.insert())

    def change(self, names: tuple[str, ...]) -> Prepared:
        """Write these columns of one thing."""
        known = self._changes.get(names)
        if known is None:
            values = {name: bindparam(f"new_{name}", type_=self.table.c[name].type) for name in names}
            known = self._changes[names] = Prepared(update(self.table).where(*self._is_own()).values(values))
        return known

    def _is_own(self) -> list[Any]:
        return [self.table.c[name] == bindparam(f"own_{name}") for name in self._own]
