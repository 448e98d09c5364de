"""A program of others, started for a test and listened to line by line."""

import asyncio
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import NoReturn

import pytest

PATIENCE_SECONDS = 20


class Spoken:
    """A running program; `heard` is all that it has said."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process
        self.heard: list[str] = []

    async def line_with(self, words: str) -> str:
        """The next line that has these words in it."""
        assert self._process.stdout is not None
        async with asyncio.timeout(PATIENCE_SECONDS):
            async for said in self._process.stdout:
                line = said.decode(errors="replace").rstrip()
                self.heard.append(line)
                if words in line:
                    return line
        raise AssertionError(f"ended without {words!r}: {self.heard[-5:]}")

    def tell(self, line: str) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(line.encode() + b"\n")


@asynccontextmanager
async def spoken(*command: str) -> AsyncIterator[Spoken]:
    """Started, and at the end stopped and waited for."""
    pipe = asyncio.subprocess.PIPE
    process = await asyncio.create_subprocess_exec(
        *command, stdin=pipe, stdout=pipe, stderr=asyncio.subprocess.STDOUT, limit=2**20
    )
    try:
        yield Spoken(process)
    finally:
        with suppress(ProcessLookupError):
            process.kill()
        await process.communicate()


def is_missing(what: str) -> NoReturn:
    """Skip for want of a program; where everything must be there (CI), fail."""
    if os.environ.get("CI") == "true":
        pytest.fail(f"missing: {what}")
    pytest.skip(f"missing: {what}")
