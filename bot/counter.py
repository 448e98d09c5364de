"""The counter: where people are received and answered, one process among others of the same clinic."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from datetime import timedelta
from typing import Any, Final

import structlog
from aiogram import Bot, Dispatcher
from aiogram.client.telegram import TelegramAPIServer

from bot.clock_follower import follow_clock
from bot.desk import Desk
from bot.intake.attempt import Attempt
from bot.intake.door import Door
from bot.intake.give_up import GiveUp
from bot.intake.receiver import ALLOWED, Receiver
from bot.intake.webhook import announce_webhook
from bot.intake.webhook_address import Webhook
from bot.intake.worker import Worker
from bot.introduce import introduce
from bot.plain_calls import PlainCalls
from bot.session import CountedCalls, PacedCalls
from core.intake.seat import Seat

CALL_SECONDS: Final = 20
DRAIN_SECONDS: Final = 5


@asynccontextmanager
async def open_counter(
    desk: Desk,
    dispatcher: Dispatcher,
    token: str,
    api_url: str,
    webhook: Webhook | None,
    clock_url: str | None,
    shift: Callable[[timedelta], Any],
) -> AsyncIterator[Door]:
    """Received and answered until the block ends; then what was begun is finished, within DRAIN_SECONDS.

    Gives the door that a webhook's calls come through; without a webhook this process asks Telegram, or stands by.
    Where somebody moves the clock, `shift` hears of it before anybody is received.
    """
    session = PlainCalls(api=TelegramAPIServer.from_base(api_url), timeout=CALL_SECONDS)
    session.middleware(PacedCalls(desk.shared.pace))
    session.middleware(CountedCalls(desk.metrics))
    bot = Bot(token, session=session)
    await dispatcher.emit_startup(bot=bot)
    seat = Seat(desk.clinic)
    attempt = Attempt(desk.clinic, dispatcher, bot, GiveUp(desk.clinic, bot, desk.seal, desk.translators), desk.metrics)
    worker = Worker(desk.clinic, attempt, seat, desk.share_with)
    door = Door(desk.clinic, bot.id, seat, worker, desk.shared.bell)
    told_the_time = asyncio.Event()

    def moved(offset: timedelta) -> None:
        shift(offset)
        told_the_time.set()
        worker.wake()

    try:
        async with asyncio.TaskGroup() as tasks:
            outside = [tasks.create_task(desk.shared.bell.listen(worker.wake))]
            if clock_url:
                outside.append(tasks.create_task(follow_clock(clock_url, moved)))
                await told_the_time.wait()
            await seat.sit()
            at_work = tasks.create_task(worker.run())
            if webhook is not None:
                outside.append(tasks.create_task(announce_webhook(bot, webhook, ALLOWED, desk.pulse)))
            else:
                alone = desk.clinic.database.lock("receiver")
                receiver = Receiver(bot, session, door.let_in, desk.pulse, seat, alone)
                outside.append(tasks.create_task(receiver.run()))
            outside.append(tasks.create_task(introduce(bot, desk.clinic, desk.translators)))
            structlog.get_logger().info("counter.open", facility=desk.clinic.facility.key)
            desk.pulse.open()
            yield door
            for task in outside:
                task.cancel()
            worker.stop()
            with suppress(TimeoutError):
                await asyncio.wait_for(at_work, DRAIN_SECONDS)
    finally:
        await seat.leave()
        await session.close()
        structlog.get_logger().info("counter.closed")
