"""Delivery receipts as Kannel sends them: the address the sender named, its placeholders filled."""

import asyncio
import re
from collections.abc import Callable
from datetime import UTC, datetime
from urllib.parse import quote_plus

import aiohttp

from sandbox.post.sms import Receipt, Sms

PLACEHOLDER = re.compile(r"%[%dpPtTFi]")
DELIVERED, FAILED, ACCEPTED_BY_THE_NETWORK = 1, 2, 8
PATIENCE = aiohttp.ClientTimeout(total=10)
NOBODY_THERE = 0


class Receipts:
    def __init__(self, now: Callable[[], float]) -> None:
        self._now = now
        self._on_the_way: set[asyncio.Task[None]] = set()
        self._session: aiohttp.ClientSession | None = None

    def send_soon(self, sms: Sms, *, delivered: bool, told: Callable[[Sms], None]) -> None:
        """After the sender has had its answer; `told` is called when the receipt has been taken or lost."""

        async def send() -> None:
            if sms.receipt_mask & ACCEPTED_BY_THE_NETWORK:
                await self._tell(sms, ACCEPTED_BY_THE_NETWORK)
            await self.send(sms, delivered=delivered)
            told(sms)

        task = asyncio.get_running_loop().create_task(send())
        self._on_the_way.add(task)
        task.add_done_callback(self._on_the_way.discard)

    async def send(self, sms: Sms, *, delivered: bool) -> None:
        sms.receipt = Receipt.DELIVERED if delivered else Receipt.FAILED
        value = DELIVERED if delivered else FAILED
        if sms.receipt_mask & value:
            sms.receipt_status = await self._tell(sms, value)

    async def _tell(self, sms: Sms, value: int) -> int:
        if self._session is None:
            self._session = aiohttp.ClientSession(timeout=PATIENCE)
        try:
            async with self._session.get(filled(sms, value, self._now())) as response:
                return response.status
        except (aiohttp.ClientError, ValueError, TimeoutError):
            return NOBODY_THERE

    async def close(self) -> None:
        for task in tuple(self._on_the_way):
            task.cancel()
        await asyncio.gather(*self._on_the_way, return_exceptions=True)
        if self._session is not None:
            await self._session.close()


def filled(sms: Sms, value: int, now: float) -> str:
    meant = {
        "%%": "%",
        "%d": str(value),
        "%p": quote_plus(sms.to),
        "%P": quote_plus(sms.sender),
        "%t": quote_plus(datetime.fromtimestamp(now, UTC).strftime("%Y-%m-%d %H:%M:%S")),
        "%T": str(int(now)),
        "%F": str(sms.id),
        "%i": "sandbox",
    }
    return PLACEHOLDER.sub(lambda found: meant[found.group()], sms.receipt_url)
