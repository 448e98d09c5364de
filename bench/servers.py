"""Programs in processes of their own, each on a core of its own where there are several."""

import asyncio
import os
import socket
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path
from typing import Final

from bench.child import Child

ROOT: Final = Path(__file__).parents[1]
CORES: Final = sorted(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else []
SERVERS: Final = CORES[:1]
BOTS: Final = CORES[1:2] or SERVERS
READY_SECONDS: Final = 60.0


@asynccontextmanager
async def running(module: str, *arguments: str) -> AsyncIterator[str]:
    """The address that the module prints as the last word of its first line."""
    async with program("-m", module, *arguments, cores=SERVERS) as server:
        yield (await asyncio.wait_for(server.line(), READY_SECONDS)).split()[-1].rstrip("/")


@asynccontextmanager
async def program(
    *arguments: str, environment: Mapping[str, str] | None = None, cores: list[int] = BOTS
) -> AsyncIterator[Child]:
    """A Python program of the house at work, until the block ends; what it says on standard error is heard."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        *arguments,
        cwd=ROOT,
        env={**os.environ, **(environment or {})},
        stdout=asyncio.subprocess.PIPE,
        preexec_fn=partial(_take, cores),
    )
    child = Child(process)
    try:
        yield child
    finally:
        await child.stop()


def keep_off_the_servers_core() -> None:
    """Whoever measures leaves the servers' core to them."""
    if len(CORES) > 1:
        os.sched_setaffinity(0, CORES[1:])


def move_to_the_servers_core() -> None:
    """Whoever only looks on while a bot is measured leaves the bot's core to it."""
    if len(CORES) > 1:
        os.sched_setaffinity(0, SERVERS)


def _take(cores: list[int]) -> None:
    if len(CORES) > 1:
        os.sched_setaffinity(0, cores)


def free_port() -> int:
    """A port that nobody listens on now."""
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        port: int = asked.getsockname()[1]
        return port
