"""Processes that are killed, or asked to go; whatever is left of one at the end is killed."""

import asyncio
import logging
import os
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any, TypeAlias

import structlog

from bench.servers import CORES
from bot.settings import Settings
from main import run
from tests.e2e.bot_process import FORKING, BotProcess

Done: TypeAlias = Callable[[int], object]


def nobody_looks_on(done: int) -> None:
    """How far it has come interests nobody."""


def take_every_core() -> None:
    """Nothing is timed here: the processes may have the whole machine."""
    if CORES:
        os.sched_setaffinity(0, CORES)


@asynccontextmanager
async def life(live: Callable[..., None], *arguments: Any) -> AsyncIterator[BotProcess]:
    """A process in which this is called with these."""
    process = FORKING.Process(target=live, args=arguments, daemon=True)
    process.start()
    try:
        yield BotProcess(process)
    finally:
        process.kill()
        process.join()


async def whole_life(live: Callable[..., None], *arguments: Any) -> None:
    """A process in which this is called, until it has ended of its own accord."""
    process = FORKING.Process(target=live, args=arguments, daemon=True)
    process.start()
    await asyncio.to_thread(process.join)


def serve(settings: Settings) -> None:
    """Our own bot."""
    say_nothing()
    asyncio.run(run(settings))


def say_nothing() -> None:
    """That processes die is no news where it is what is measured."""
    logging.disable()
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
