"""The bot as a process of its own that Telegram calls, always at the same address."""

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final

import aiohttp
from pydantic import SecretStr

from bot.settings import Settings
from core import failpoints
from main import run
from tests.e2e.bot_process import FORKING, BotProcess
from tests.stage.stage import Addresses, settings_for

HOST: Final = "127.0.0.1"
PATH: Final = "/telegram"
START_SECONDS: Final = 60  # the first one imports everything
SECRET: Final = "S3cret_-of-the-tests"


def free_port() -> int:
    with socket.socket() as asked:
        asked.bind((HOST, 0))
        port: int = asked.getsockname()[1]
        return port


def called_at(port: int, database_url: str, sandbox: Addresses) -> Settings:
    """The settings of a bot with a webhook."""
    return settings_for(database_url, sandbox).model_copy(
        update={
            "listen": f"{HOST}:{port}",
            "webhook_url": f"http://{HOST}:{port}{PATH}",
            "webhook_secret": SecretStr(SECRET),
        }
    )


def live(settings: Settings, failpoint: str | None, passes: int) -> None:
    """What the child does: serve, and die at the failpoint if it is reached."""
    if failpoint is not None:
        failpoints.arm(failpoint, passes)
    asyncio.run(run(settings))


@asynccontextmanager
async def webhook_process(
    settings: Settings, failpoint: str | None = None, passes: int = 1
) -> AsyncIterator[BotProcess]:
    """A running bot, open at its address; whatever is left of it at the end is killed."""
    process = FORKING.Process(target=live, args=(settings, failpoint, passes), daemon=True)
    process.start()
    try:
        async with asyncio.timeout(START_SECONDS):
            await _is_open(settings.listen)
            await _is_heard(settings.bot_api_url)
        yield BotProcess(process)
    finally:
        process.kill()
        process.join()


async def _is_open(listen: str) -> None:
    host, _, port = listen.partition(":")
    while True:
        try:
            _, writer = await asyncio.open_connection(host, int(port))
        except OSError:
            await asyncio.sleep(0.02)
        else:
            writer.close()
            return


async def _is_heard(telegram: str) -> None:
    """Wait until the sandbox knows whom to call, so that people can write to a bot."""
    query = {"timeout": str(START_SECONDS)}
    async with aiohttp.ClientSession() as http, http.get(f"{telegram}/sim/bots", params=query) as response:
        bots = (await response.json())["bots"]
    assert any(bot["polling"] or bot["webhook"] for bot in bots), "no bot came"
