"""A statement that is put together once: its text, the order of its values, and how its columns are read."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Final, TypeAlias

from sqlalchemy import Dialect, Executable, Insert
from sqlalchemy.sql.compiler import SQLCompiler

from core.storage.dialect import InsertInto, insert_for

Values: TypeAlias = Mapping[str, Any]
Row: TypeAlias = tuple[Any, ...]
Convert: TypeAlias = Callable[[Any], Any]


class Spoken:
    """The statement as one engine's driver takes it, for so many values in each of its lists."""

    def __init__(self, compiled: SQLCompiler, given: Values, readers: Iterable[tuple[int, Convert]]) -> None:
        state = compiled.construct_expanded_state(given)
        listed = {
            name: (source, index)
            for source, names in state.parameter_expansion.items()
            for index, name in enumerate(names)
        }
        self.text: Final = state.statement
        self._places: Final = []
        for name in state.positiontup or ():
            source, index = listed.get(name, (name, None))
            convert = compiled.binds[source].type.dialect_impl(compiled.dialect).bind_processor(compiled.dialect)
            place = _place(source, index, convert) if source in given else _constant(state.parameters[name], convert)
            self._places.append(place)
        self._readers: Final = list(readers)

    def order(self, given: Values) -> Row:
        """The values in the order of their places, each as the driver takes it."""
        return tuple([place(given) for place in self._places])

    def read(self, rows: Sequence[Any]) -> list[Row]:
        """What the driver gave, each value as the house knows it."""
        if not self._readers:
            return [tuple(row) for row in rows]
        read = []
        for row in rows:
            columns = list(row)
            for index, convert in self._readers:
                columns[index] = convert(columns[index])
            read.append(tuple(columns))
        return read


class Prepared:
    """Named places (`bindparam`) stand for what varies; a plain INSERT takes its columns from what it is given.

    What needs the engine's own INSERT is given as a function of it.
    """

    def __init__(self, statement: Executable | Callable[[InsertInto], Executable]) -> None:
        self._statement = statement
        self._compiled: dict[str, tuple[SQLCompiler, tuple[str, ...]]] = {}
        self._spoken: dict[tuple[str, tuple[int, ...]], Spoken] = {}

    def spoken(self, dialect: Dialect, given: Values) -> Spoken:
        """As the driver of this dialect takes it, for as many values in each list as are given here."""
        compiled, lists = self._compiled.get(dialect.name) or self._compile(dialect, given)
        shape = (dialect.name, tuple([len(given[name]) for name in lists]))
        spoken = self._spoken.get(shape)
        if spoken is None:
            spoken = self._spoken[shape] = Spoken(compiled, given, self._readers(dialect))
        return spoken

    def _said(self, dialect: Dialect) -> Any:
        return self._statement if isinstance(self._statement, Executable) else self._statement(insert_for(dialect))

    def _compile(self, dialect: Dialect, given: Values) -> tuple[SQLCompiler, tuple[str, ...]]:
        statement = self._said(dialect)
        columns = None
        if isinstance(statement, Insert):
            columns = [name for name in given if name in statement.table.c] or None
        compiled = statement.compile(dialect=dialect, column_keys=columns)
        lists = tuple(name for name, place in compiled.binds.items() if place.expanding and name in given)
        self._compiled[dialect.name] = compiled, lists
        return compiled, lists

    def _readers(self, dialect: Dialect) -> Iterable[tuple[int, Convert]]:
        """The columns whose values the driver gives in another form than the house knows."""
        for index, column in enumerate(getattr(self._said(dialect), "exported_columns", ())):
            convert = column.type.dialect_impl(dialect).result_processor(dialect, None)
            if convert is not None:
                yield index, convert


def _place(source: str, index: int | None, convert: Convert | None) -> Callable[[Values], Any]:
    """A place whose value varies; in a list it is the value at this index."""
    if index is None:
        return (lambda given: given[source]) if convert is None else (lambda given: convert(given[source]))
    if convert is None:
        return lambda given: given[source][index]
    return lambda given: convert(given[source][index])


def _constant(value: Any, convert: Convert | None) -> Callable[[Values], Any]:
    fixed = value if convert is None else convert(value)
    return lambda given: fixed
