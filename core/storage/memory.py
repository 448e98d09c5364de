"""The clinic's memory in one transaction: what is asked and told, and the things that were read from it."""

from collections.abc import Sequence
from types import MappingProxyType
from typing import Any, Final, TypeAlias, TypeVar, cast

from sqlalchemy import Executable

from core.storage.dialect import InsertInto, insert_for
from core.storage.kind import Kind
from core.storage.line import Line
from core.storage.mapping import mapping
from core.storage.prepared import Prepared, Row, Values

T = TypeVar("T")
Said: TypeAlias = Prepared | Executable
NOTHING: Final[Values] = MappingProxyType({})


class Memory:
    """What is asked often is `Prepared`, and put together once; the rest is put together each time.

    A thing that was read may be changed as it stands: what differs from its row is written before anything else is
    asked or told, and at the end.
    """

    def __init__(self, line: Line) -> None:
        self._line = line
        self._known: dict[tuple[Kind, Row], Any] = {}
        self._stood: dict[tuple[Kind, Row], Row] = {}
        self._new: list[Any] = []

    @property
    def insert(self) -> InsertInto:
        """The engine's own INSERT, which knows what to do about a conflict."""
        return insert_for(self._line.dialect)

    def rows(self, said: Said, values: Values = NOTHING) -> Sequence[Row]:
        """Ask, or tell and hear what came of it."""
        self.flush()
        return self._rows(said, values)

    def row(self, said: Said, values: Values = NOTHING) -> Row | None:
        """The first row, if there is any."""
        rows = self.rows(said, values)
        return rows[0] if rows else None

    def column(self, said: Said, values: Values = NOTHING) -> list[Any]:
        """What stands first in each row."""
        return [row[0] for row in self.rows(said, values)]

    def value(self, said: Said, values: Values = NOTHING) -> Any:
        """What stands first in the first row; None where there is none."""
        row = self.row(said, values)
        return None if row is None else row[0]

    def tell(self, said: Said, values: Values = NOTHING) -> None:
        """Change something; nothing is heard of it."""
        self.rows(said, values)

    def tell_all(self, said: Prepared, many: Sequence[Values]) -> None:
        """The same change with each of these."""
        self.flush()
        if many:
            spoken = said.spoken(self._line.dialect, many[0])
            self._line.run_all(spoken.text, [spoken.order(values) for values in many])

    def things(self, kind: type[T], said: Said, values: Values = NOTHING) -> list[T]:
        """What a `select` of the kind's table finds, as the things that they are."""
        known = mapping.kind(kind)
        return [self._thing(known, row) for row in self.rows(said, values)]

    def thing(self, kind: type[T], said: Said, values: Values = NOTHING) -> T | None:
        things = self.things(kind, said, values)
        return things[0] if things else None

    def get(self, kind: type[T], *key: Any, for_update: bool = False) -> T | None:
        """The thing of this key; for update it is read anew, and nobody else changes it until the end."""
        known = mapping.kind(kind)
        if not for_update and (known, key) in self._known:
            return cast(T, self._known[known, key])
        return self.thing(kind, known.by_key_for_update if for_update else known.by_key, known.named_key(key))

    def get_one(self, kind: type[T], *key: Any, for_update: bool = False) -> T:
        """The same where it must be there; raises LookupError, a mistake of ours."""
        thing = self.get(kind, *key, for_update=for_update)
        if thing is None:
            raise LookupError(kind.__name__)
        return thing

    def add(self, *things: object) -> None:
        """Something new; it is written with the next flush, in the order in which it came."""
        self._new += things

    def flush(self) -> None:
        """Write what changed, then what is new: the schema's own word on it comes here."""
        for (kind, key), stood in self._stood.items():
            stands = kind.row(self._known[kind, key])
            if stands != stood:
                self._write(kind, key, stood, stands)
        new, self._new = self._new, []
        for thing in new:
            kind = mapping.kind(type(thing))
            row = kind.row(thing)
            self._rows(kind.addition, dict(zip(kind.names, row, strict=True)))
            self._know(kind, row, thing)

    def _write(self, kind: Kind, key: Row, stood: Row, stands: Row) -> None:
        self._stood[kind, key] = stands
        changed = {name: new for name, old, new in zip(kind.names, stood, stands, strict=True) if old != new}
        values = {f"new_{name}": value for name, value in changed.items()}
        self._rows(kind.change(tuple(changed)), {**values, **kind.named_key(key)})

    def _thing(self, kind: Kind, row: Row) -> Any:
        """The same thing each time; what is written down of it goes before what was read earlier."""
        thing = self._known.get((kind, kind.key(row)))
        if thing is None:
            thing = kind.make(row)
        else:
            kind.refresh(thing, row)
        self._know(kind, row, thing)
        return thing

    def _know(self, kind: Kind, row: Row, thing: Any) -> None:
        key = kind, kind.key(row)
        self._known[key], self._stood[key] = thing, row

    def _rows(self, said: Said, values: Values) -> Sequence[Row]:
        prepared = said if isinstance(said, Prepared) else Prepared(said)
        spoken = prepared.spoken(self._line.dialect, values)
        return spoken.read(self._line.run(spoken.text, spoken.order(values)))
