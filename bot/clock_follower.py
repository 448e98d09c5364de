"""Keeps the clinic's clock with a clock that somebody else may move: a sandbox's."""

import asyncio
from collections.abc import Callable
from datetime import timedelta
from typing import Any, Final

import aiohttp
import structlog

PAUSE_SECONDS: Final = 1.0


async def follow_clock(url: str, shift: Callable[[timedelta], Any]) -> None:
    """Until cancelled: tell `shift` every offset from real time, and acknowledge it only afterwards."""
    async with aiohttp.ClientSession() as http:
        while True:
            try:
                async with http.ws_connect(url, heartbeat=20) as socket:
                    async for message in socket:
                        if message.type is not aiohttp.WSMsgType.TEXT:
                            break
                        told = message.json()
                        shift(timedelta(seconds=float(told["offset"])))
                        await socket.send_json({"sequence": told["sequence"]})
            except aiohttp.ClientError as trouble:
                structlog.get_logger().warning("clock.trouble", kind=type(trouble).__name__)
            await asyncio.sleep(PAUSE_SECONDS)
