"""Another program that holds SQLite's only pen: a backup, a curious administrator."""

import asyncio
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final

from sqlalchemy import make_url

HOLD: Final = """
import sqlite3, sys
memory = sqlite3.connect(sys.argv[1], isolation_level=None, timeout=60)
memory.execute("BEGIN IMMEDIATE")
print("held", flush=True)
sys.stdin.read()
"""


@asynccontextmanager
async def pen_of(database_url: str) -> AsyncIterator[None]:
    """It holds the pen for as long as the block takes."""
    pipe = asyncio.subprocess.PIPE
    file = make_url(database_url).database or ""
    process = await asyncio.create_subprocess_exec(sys.executable, "-c", HOLD, file, stdin=pipe, stdout=pipe)
    assert process.stdout is not None
    try:
        assert await process.stdout.readline() == b"held\n"
        yield
    finally:
        process.kill()
        await process.communicate()
