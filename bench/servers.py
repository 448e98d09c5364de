"""Servers in processes of their own, on a core of their own where there are several."""

import asyncio
import os
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[1]
CORES: Final = sorted(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else []
READY_SECONDS: Final = 60.0


@asynccontextmanager
async def running(module: str, *arguments: str) -> AsyncIterator[str]:
    """The address that the module prints as the last word of its first line."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        module,
        *arguments,
        cwd=ROOT,
        stdout=asyncio.subprocess.PIPE,
        preexec_fn=_take_the_servers_core,
    )
    assert process.stdout is not None
    try:
        line = await asyncio.wait_for(process.stdout.readline(), READY_SECONDS)
        yield line.decode().split()[-1].rstrip("/")
    finally:
        process.terminate()
        await process.wait()


def keep_off_the_servers_core() -> None:
    """Whoever measures leaves the servers' core to them."""
    if len(CORES) > 1:
        os.sched_setaffinity(0, CORES[1:])


def _take_the_servers_core() -> None:
    if len(CORES) > 1:
        os.sched_setaffinity(0, CORES[:1])
