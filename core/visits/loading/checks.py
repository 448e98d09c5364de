"""Whether a row may be loaded: alone, beside the others of its file, and beside what is there already."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Protocol, TypeVar

from core.visits.loading.fields import BadRow, Fields, agenda_row
from core.visits.loading.rejects import Rejects
from core.visits.loading.rows import AgendaRow
from core.visits.loading.sheet import Line, Sheet


class Coded(Protocol):
    @property
    def code(self) -> str: ...


RowT = TypeVar("RowT", bound=Coded)
Seen = Callable[[Line], None]


def good_rows(
    sheet: Sheet, read: Callable[[Fields], RowT], rejects: Rejects, seen: Seen
) -> Iterator[tuple[Line, RowT]]:
    """The rows that are right by themselves, one by one; the others go to `rejects`. `seen` hears of every line."""
    lines: dict[str, int] = {}
    for line in sheet.lines():
        seen(line)
        code = line.fields.get("code", "")
        try:
            if line.fault is not None:
                raise BadRow(line.fault)
            if code in lines:
                words = "The code {code!r} is on line {line} already: give each row a code of its own."
                raise BadRow(words, code=code, line=lines[code])
            row = read(line.fields)
        except BadRow as bad:
            rejects.add(line, str(bad))
        else:
            yield line, row
        if code:
            lines.setdefault(code, line.number)


@dataclass
class AgendaCheck:
    """Which agendas of a file can stand beside each other: of two that clash, the one read first.

    They are compared with each other, so they stay in memory; slots, which are hundreds of times as many, do not.
    """

    doctors: frozenset[str]
    clinics: frozenset[str]
    rejects: Rejects
    named: set[str] = field(default_factory=set)
    accepted: dict[str, tuple[Line, AgendaRow]] = field(default_factory=dict)
    _weekly: dict[tuple[str, int], list[AgendaRow]] = field(default_factory=lambda: defaultdict(list))

    def read(self, sheet: Sheet, seen: Seen) -> None:
        def note(line: Line) -> None:
            self.named.add(line.fields.get("code", ""))
            seen(line)

        for line, row in good_rows(sheet, self._row, self.rejects, note):
            self.accepted[row.code] = (line, row)

    def stand_beside(self, present: Mapping[str, AgendaRow], *, partial: bool) -> None:
        """Reject what clashes with an agenda that is there and stays: not in a partial file, or itself rejected."""
        staying = [
            row for code, row in present.items() if code not in self.accepted and (partial or code in self.named)
        ]
        while staying:
            there = staying.pop()
            for row in [row for row in self._weekly[there.doctor, there.weekday] if row.clashes_with(there)]:
                self._weekly[there.doctor, there.weekday].remove(row)
                line, _ = self.accepted.pop(row.code)
                words = "It overlaps agenda {code!r}, which stays as it was loaded before: mend or end that one first."
                self.rejects.add(line, str(BadRow(words, code=there.code)))
                if row.code in present:
                    staying.append(present[row.code])

    def _row(self, fields: Fields) -> AgendaRow:
        row = agenda_row(fields)
        if row.doctor not in self.doctors:
            raise BadRow("No doctor has the code {code!r}: mend it, or load the doctor first.", code=row.doctor)
        if row.clinic not in self.clinics:
            raise BadRow("No clinic has the code {code!r}: mend it, or load the clinic first.", code=row.clinic)
        for other in self._weekly[row.doctor, row.weekday]:
            if other.clashes_with(row):
                words = "It overlaps agenda {code!r} of the same doctor: change the hours or the days of one of them."
                raise BadRow(words, code=other.code)
        self._weekly[row.doctor, row.weekday].append(row)
        return row
