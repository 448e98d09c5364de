"""The back office: what is owed leaves by the clock, and the house is kept."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from typing import Final

from core.clinic import Clinic
from core.facility.profile import Channel
from jobs.couriers import Couriers
from jobs.send_alerts import AlertSender, Note, at_once, unnoted
from jobs.sms.gateway import OnReceipt
from jobs.tell_operators import OperatorTeller
from jobs.ticker import build_ticker
from locales.translator import Translators

DRAIN_SECONDS: Final = 4
OPERATORS_SECONDS: Final = 3


@asynccontextmanager
async def open_office(
    clinic: Clinic,
    couriers: Couriers,
    translators: Translators,
    on_receipt: OnReceipt,
    keep_house: Callable[[], Awaitable[None]],
    *,
    note: Note = unnoted,
    soon: Callable[[], bool] = at_once,
    teller: OperatorTeller | None = None,
) -> AsyncIterator[None]:
    """Open until the block ends; then what is in a courier's hands is finished, within DRAIN_SECONDS.

    `soon`: whether Telegram takes alerts by now. `teller`: where operators have a chat of their own.
    """
    senders = [
        AlertSender(clinic, channel, courier, translators, note, soon if channel is Channel.TELEGRAM else at_once)
        for channel, courier in couriers.by_channel.items()
    ]
    at_work: list[AlertSender | OperatorTeller] = [*senders, *([teller] if teller else [])]
    ticker = build_ticker([sender.tick for sender in senders], keep_house)
    if teller is not None:
        ticker.add_job(teller.tick, "interval", seconds=OPERATORS_SECONDS)
    async with asyncio.TaskGroup() as tasks:
        line = tasks.create_task(couriers.gateway.run(on_receipt)) if couriers.gateway is not None else None
        ticker.start()
        try:
            yield
            with suppress(TimeoutError):
                await asyncio.wait_for(asyncio.gather(*(each.stop() for each in at_work)), DRAIN_SECONDS)
        finally:
            ticker.shutdown(wait=False)
            if line is not None:
                line.cancel()
