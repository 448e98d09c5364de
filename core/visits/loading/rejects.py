"""The file beside a file: every row that could not be loaded, with its line and the reason, ready to be mended."""

import csv
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self, TextIO

from core.visits.loading.sheet import ADDED, Line, Sheet, UnusableFile


class Rejects:
    """Nothing is written while nothing is rejected, and what an earlier loading left there is removed."""

    def __init__(self, sheet: Sheet) -> None:
        self.file: Path = sheet.file.with_name(f"{sheet.file.stem}.rejected.csv")
        self.count = 0
        self._sheet = sheet
        self._text: TextIO | None = None
        self._added = {number for number, column in enumerate(sheet.columns) if column in ADDED}

    def __enter__(self) -> Self:
        try:
            self.file.unlink(missing_ok=True)
        except OSError as error:
            raise UnusableFile(self.file, f"it cannot be replaced ({error.strerror}).") from None
        return self

    def add(self, line: Line, reason: str) -> None:
        """Write the row down; raises UnusableFile where that is not possible."""
        if self._text is None:
            try:
                self._text = self.file.open("w", encoding=self._sheet.encoding, errors="surrogateescape", newline="")
            except OSError as error:
                raise UnusableFile(self.file, f"it cannot be written ({error.strerror}).") from None
            self._write((*ADDED, *self._own(self._sheet.header)))
        self.count += 1
        self._write((str(line.number), reason, *self._own(line.raw)))

    def __exit__(
        self, kind: type[BaseException] | None, raised: BaseException | None, at: TracebackType | None
    ) -> None:
        if self._text is not None:
            self._text.close()

    def _own(self, fields: Sequence[str]) -> Iterator[str]:
        return (field for number, field in enumerate(fields) if number not in self._added)

    def _write(self, fields: tuple[str, ...]) -> None:
        assert self._text is not None
        csv.writer(self._text, delimiter=self._sheet.separator).writerow(fields)
