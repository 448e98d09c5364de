"""The bot as a process of its own, forked from one import, with a place where it may die."""

import asyncio
import multiprocessing
import os
import signal
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from multiprocessing.process import BaseProcess
from typing import Final

import aiohttp

from core import failpoints
from main import run
from tests.stage.stage import Addresses, settings_for

PATIENCE_SECONDS: Final = 20
FORKING: Final = multiprocessing.get_context("forkserver")
FORKING.set_forkserver_preload(["main", "tests.e2e.bot_process"])


def live(database_url: str, sandbox: Addresses, failpoint: str | None, passes: int) -> None:
    """What the child does: serve, and die at the failpoint if it is reached."""
    if failpoint is not None:
        failpoints.arm(failpoint, passes)
    asyncio.run(run(settings_for(database_url, sandbox)))


class BotProcess:
    def __init__(self, process: BaseProcess) -> None:
        self._process = process

    async def dies(self) -> None:
        """Wait until the failpoint killed it."""
        await self._ended()
        assert self._process.exitcode == -signal.SIGKILL, f"exit code {self._process.exitcode}"

    async def stops(self) -> float:
        """SIGTERM, and the seconds until it is gone of its own accord."""
        assert self._process.pid is not None
        asked = time.monotonic()
        os.kill(self._process.pid, signal.SIGTERM)
        await self._ended()
        assert self._process.exitcode == 0, f"exit code {self._process.exitcode}"
        return time.monotonic() - asked

    async def is_killed(self) -> None:
        self._process.kill()
        await self._ended()

    async def _ended(self) -> None:
        await asyncio.to_thread(self._process.join, PATIENCE_SECONDS)
        assert not self._process.is_alive(), "still alive"


async def _is_heard(sandbox: Addresses) -> None:
    """Wait until the sandbox knows a bot, so that people can write to one."""
    async with (
        aiohttp.ClientSession() as http,
        http.get(f"{sandbox.telegram}/sim/bots", params={"timeout": str(PATIENCE_SECONDS)}) as response,
    ):
        bots = (await response.json())["bots"]
    assert any(bot["polling"] or bot["webhook"] for bot in bots), "no bot came"


@asynccontextmanager
async def bot_process(
    database_url: str, sandbox: Addresses, failpoint: str | None = None, passes: int = 1
) -> AsyncIterator[BotProcess]:
    """A running bot; whatever is left of it at the end is killed."""
    process = FORKING.Process(target=live, args=(database_url, sandbox, failpoint, passes), daemon=True)
    process.start()
    try:
        await _is_heard(sandbox)
        yield BotProcess(process)
    finally:
        process.kill()
        process.join()
