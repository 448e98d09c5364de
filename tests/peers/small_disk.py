"""A disk of a few megabytes, to be filled to the last byte."""

import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from tests.peers.spoken import is_missing

MEGABYTES: Final = 8
CHUNK: Final = bytes(4096)


class SmallDisk:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._ballast = folder / "ballast"

    def is_full(self) -> None:
        """From now on: somebody else's file takes whatever was left."""
        with self._ballast.open("ab", buffering=0) as ballast:
            try:
                while ballast.write(CHUNK) == len(CHUNK):
                    pass
            except OSError:
                return

    def has_room(self) -> None:
        """Again."""
        self._ballast.unlink()


@contextmanager
def small_disk() -> Iterator[SmallDisk]:
    """Mounted until the end of the block; whoever may not mount has none."""
    with tempfile.TemporaryDirectory(prefix="reception-disk-") as home:
        mounted = subprocess.run(
            ["mount", "-t", "tmpfs", "-o", f"size={MEGABYTES}m", "tmpfs", home], capture_output=True, check=False
        )
        if mounted.returncode:
            is_missing("the right to mount a disk (root's)")
        try:
            yield SmallDisk(Path(home))
        finally:
            subprocess.run(["umount", "--lazy", home], check=True)
