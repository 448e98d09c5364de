"""A bell: those who wait for a change are woken by it, and look again."""

import asyncio
from collections.abc import Callable


class Bell:
    def __init__(self) -> None:
        self._waiting: set[asyncio.Future[None]] = set()

    def ring(self) -> None:
        for listener in self._waiting:
            if not listener.done():
                listener.set_result(None)
        self._waiting.clear()

    async def wait_until(self, condition: Callable[[], bool], seconds: float | None) -> bool:
        """Whether the condition came true in time; None waits for ever."""
        try:
            async with asyncio.timeout(seconds):
                while not condition():
                    listener = asyncio.get_running_loop().create_future()
                    self._waiting.add(listener)
                    try:
                        await listener
                    finally:
                        self._waiting.discard(listener)
        except TimeoutError:
            return condition()
        return True
