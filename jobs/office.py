"""The back office: what is owed leaves by the clock, and the house is kept."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from typing import Final

from core.clinic import Clinic
from jobs.couriers import Couriers
from jobs.send_alerts import AlertSender
from jobs.sms.gateway import OnReceipt
from jobs.ticker import build_ticker
from locales.translator import Translators

DRAIN_SECONDS: Final = 4


@asynccontextmanager
async def open_office(
    clinic: Clinic,
    couriers: Couriers,
    translators: Translators,
    on_receipt: OnReceipt,
    keep_house: Callable[[], Awaitable[None]],
) -> AsyncIterator[None]:
    """Open until the block ends; then what is in a courier's hands is finished, within DRAIN_SECONDS."""
    senders = [AlertSender(clinic, channel, courier, translators) for channel, courier in couriers.by_channel.items()]
    ticker = build_ticker([sender.tick for sender in senders], keep_house)
    async with asyncio.TaskGroup() as tasks:
        line = tasks.create_task(couriers.gateway.run(on_receipt)) if couriers.gateway is not None else None
        ticker.start()
        yield
        with suppress(TimeoutError):
            await asyncio.wait_for(asyncio.gather(*(sender.stop() for sender in senders)), DRAIN_SECONDS)
        ticker.shutdown(wait=False)
        if line is not None:
            line.cancel()
