"""A lock between the processes of one machine: `flock` on a file, which goes with the process."""

import fcntl
from pathlib import Path
from typing import BinaryIO

from core.errors import DatabaseLost


class FileLock:
    """The file stays: deleting it would let two hold the same name."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._opened: BinaryIO | None = None

    @property
    def held(self) -> bool:
        return self._opened is not None

    async def take(self) -> bool:
        if self._opened is not None:
            return True
        try:
            opened = self._file.open("ab")
        except OSError as trouble:
            raise DatabaseLost(type(trouble).__name__) from None
        try:
            fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            opened.close()
            return False
        self._opened = opened
        return True

    async def let_go(self) -> None:
        if self._opened is not None:
            self._opened.close()
            self._opened = None


def is_held(file: Path) -> bool:
    """Whether some process holds the lock of this file; looking takes it from nobody who looks, too."""
    if not file.exists():
        return False
    try:
        with file.open("rb") as opened:
            fcntl.flock(opened, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    except OSError as trouble:
        raise DatabaseLost(type(trouble).__name__) from None
    return False
