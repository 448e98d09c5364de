"""A file of rows, read as a stream: its kind by its header, its separator found out, its lines numbered."""

import csv
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import chain
from pathlib import Path
from types import MappingProxyType
from typing import Final, TextIO
from unicodedata import normalize

LONGEST_LINE: Final = 200_000  # characters; more is no row of ours, and must not fill the memory
SEPARATORS: Final = (",", ";")
UTF_16: Final = (b"\xff\xfe", b"\xfe\xff")
ADDED: Final = ("line", "reason")
"""What a file of rejected rows has in front; such a file may be mended and loaded as it is."""


class SheetKind(StrEnum):
    CLINICS = "clinics"
    DOCTORS = "doctors"
    AGENDAS = "agendas"


COLUMNS: Final = MappingProxyType(
    {
        SheetKind.CLINICS: ("code", "name", "address", "preparation"),
        SheetKind.DOCTORS: ("code", "name", "surname"),
        SheetKind.AGENDAS: (
            *("code", "doctor", "clinic", "weekday", "starts", "ends"),
            *("visit_minutes", "valid_from", "valid_until"),
        ),
    }
)
UNMATCHED_QUOTES: Final = "The quotes do not match: close every quote, and write a quote inside a field twice."
WRONG_WIDTH: Final = "It has {fields} fields where the header names {columns}: quote a field that holds a separator."


class UnusableFile(ValueError):
    """A file that cannot be loaded at all; its text says which, why, and what to do."""

    def __init__(self, file: Path, reason: str) -> None:
        super().__init__(": ".join((str(file), reason)))


@dataclass(frozen=True, slots=True)
class Line:
    """One row as it stands in the file; `fault` says why it cannot even be read. Bytes that are no UTF-8 are kept."""

    number: int
    raw: tuple[str, ...]
    fields: dict[str, str]
    fault: str | None = None


@dataclass(frozen=True, slots=True)
class Sheet:
    """`columns` are the names in the header as we know them; `encoding` keeps the mark that some programs want."""

    file: Path
    kind: SheetKind
    separator: str
    encoding: str
    header: tuple[str, ...]
    columns: tuple[str, ...]
    rows: int = 0

    @property
    def unknown(self) -> tuple[str, ...]:
        """Columns that nobody reads."""
        known = (*COLUMNS[self.kind], *ADDED, "")
        return tuple(name for name, column in zip(self.header, self.columns, strict=True) if column not in known)

    @property
    def is_mended(self) -> bool:
        """Whether this is a file of rejected rows, which holds only some."""
        return set(ADDED) <= set(self.columns)

    def lines(self) -> Iterator[Line]:
        """Every row that is not blank, by the line it begins on; the header's is 1."""
        with _opened(self.file, self.encoding) as text:
            records = _records(text, self.separator)
            next(records)
            for number, raw, fault in records:
                if any(field.strip() for field in raw):
                    yield self._line(number, raw, fault)

    def _line(self, number: int, raw: Sequence[str], fault: str | None) -> Line:
        width = len(self.columns)
        if len(raw) > width and not any(field.strip() for field in raw[width:]):
            raw = raw[:width]
        if fault is None and len(raw) != width:
            fault = WRONG_WIDTH.format(fields=len(raw), columns=width)
        # Composed, so that the same letters are always the same text.
        fields = {column: normalize("NFC", field.strip()) for column, field in zip(self.columns, raw, strict=False)}
        return Line(number, tuple(raw), fields, fault)


def open_sheets(files: Sequence[Path]) -> tuple[Sheet, ...]:
    """The files in the order in which they are loaded, each a kind of its own; raises UnusableFile."""
    sheets: dict[SheetKind, Sheet] = {}
    for file in files:
        try:
            sheet = _recognised(file)
            sheet = replace(sheet, rows=sum(1 for _ in sheet.lines()))
        except OSError as error:
            raise UnusableFile(file, f"it cannot be read ({error.strerror}).") from None
        if not sheet.rows:
            raise UnusableFile(file, "there is a header and no row below it.")
        if sheet.kind in sheets:
            raise UnusableFile(file, f"{sheets[sheet.kind].file} holds {sheet.kind} as well: give one file of a kind.")
        sheets[sheet.kind] = sheet
    return tuple(sheets[kind] for kind in SheetKind if kind in sheets)


def _recognised(file: Path) -> Sheet:
    with file.open("rb") as raw:
        start = raw.read(3)
    if start.startswith(UTF_16):
        raise UnusableFile(file, "it is UTF-16: save it as CSV UTF-8.")
    encoding = "utf-8-sig" if start == b"\xef\xbb\xbf" else "utf-8"
    with _opened(file, encoding) as text:
        line = text.readline(LONGEST_LINE)
    header, separator = max(
        ((_split(line, separator), separator) for separator in SEPARATORS), key=lambda it: len(it[0])
    )
    columns = tuple("_".join(name.casefold().replace("_", " ").split()) for name in header)
    twice = {column for column in columns if columns.count(column) > 1 and column}
    if twice:
        raise UnusableFile(file, f"the header names {', '.join(sorted(twice))} twice.")
    for kind, wanted in COLUMNS.items():
        if set(wanted) <= set(columns):
            return Sheet(file, kind, separator, encoding, tuple(header), columns)
    nearest = max(COLUMNS, key=lambda kind: len(set(COLUMNS[kind]) & set(columns)) / len(COLUMNS[kind]))
    missing = ", ".join(column for column in COLUMNS[nearest] if column not in columns)
    raise UnusableFile(file, f"its first line is no header we know. For {nearest}, these columns lack: {missing}.")


def _opened(file: Path, encoding: str) -> TextIO:
    return file.open(encoding=encoding, errors="surrogateescape", newline="")


class _Source:
    """The lines of a file, which may be given back; `taken` are those since the last row."""

    def __init__(self, text: TextIO) -> None:
        self._text = text
        self._given_back: deque[str] = deque()
        self.taken: list[str] = []

    def __iter__(self) -> "_Source":
        return self

    def __next__(self) -> str:
        line = self._given_back.popleft() if self._given_back else self._text.readline(LONGEST_LINE)
        if not line:
            raise StopIteration
        self.taken.append(line)
        return line

    def give_back(self, lines: Sequence[str]) -> None:
        self._given_back.extendleft(reversed(lines))


def _records(text: TextIO, separator: str) -> Iterator[tuple[int, list[str], str | None]]:
    """Line number, fields and fault of each row; a quote that is never closed spoils its own line and no other."""
    source, number = _Source(text), 1
    reader = csv.reader(source, delimiter=separator, strict=True)
    while True:
        source.taken.clear()
        try:
            yield number, next(reader), None
            number += len(source.taken)
        except StopIteration:
            return
        except csv.Error:
            first, *others = source.taken
            source.give_back(others)
            yield number, _split(first, separator), UNMATCHED_QUOTES
            reader = csv.reader(source, delimiter=separator, strict=True)
            number += 1


def _split(line: str, separator: str) -> list[str]:
    """The fields of one line, whatever its quotes are like."""
    try:
        return list(chain.from_iterable(csv.reader([line], delimiter=separator)))
    except csv.Error:
        return [line.rstrip("\r\n")]
