"""The counter: where people are received and answered, one process among others of the same clinic."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from datetime import timedelta
from typing import Any, Final

import structlog
from aiogram import Bot, Dispatcher
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer

from bot.clock_follower import follow_clock
from bot.intake.attempt import Attempt
from bot.intake.door import Door
from bot.intake.give_up import GiveUp
from bot.intake.receiver import Receiver
from bot.intake.worker import Worker
from bot.introduce import introduce
from bot.metrics import Metrics
from bot.pace import SharedPace
from bot.pulse import Pulse
from bot.session import CountedCalls, PacedCalls
from core.clinic import Clinic
from core.intake.seat import Seat
from locales.translator import Translators

CALL_SECONDS: Final = 20
DRAIN_SECONDS: Final = 5


def build_bot(token: str, api_url: str, pace: SharedPace, metrics: Metrics) -> tuple[Bot, AiohttpSession]:
    """The client that receives and answers; its calls share the pace of everything that leaves."""
    session = AiohttpSession(api=TelegramAPIServer.from_base(api_url), timeout=CALL_SECONDS)
    session.middleware(PacedCalls(pace))
    session.middleware(CountedCalls(metrics))
    return Bot(token, session=session), session


@asynccontextmanager
async def open_counter(
    clinic: Clinic,
    dispatcher: Dispatcher,
    bot: Bot,
    session: AiohttpSession,
    give_up: GiveUp,
    translators: Translators,
    metrics: Metrics,
    pulse: Pulse,
    clock_url: str | None,
    shift: Callable[[timedelta], Any],
) -> AsyncIterator[Door]:
    """Received and answered until the block ends; then what was begun is finished, within DRAIN_SECONDS.

    Where somebody moves the clock, `shift` hears of it before anybody is received.
    """
    await dispatcher.emit_startup(bot=bot)
    seat = Seat(clinic)
    worker = Worker(clinic, Attempt(clinic, dispatcher, bot, give_up, metrics), seat, metrics.replicas)
    door = Door(clinic, bot.id, seat, worker)
    receiver = Receiver(bot, session, door.let_in, pulse, seat, clinic.database.lock("receiver"))
    told_the_time = asyncio.Event()

    def moved(offset: timedelta) -> None:
        shift(offset)
        told_the_time.set()
        worker.wake()

    try:
        async with asyncio.TaskGroup() as tasks:
            outside = []
            if clock_url:
                outside.append(tasks.create_task(follow_clock(clock_url, moved)))
                await told_the_time.wait()
            await seat.sit()
            at_work = tasks.create_task(worker.run())
            outside += [tasks.create_task(receiver.run()), tasks.create_task(introduce(bot, clinic, translators))]
            structlog.get_logger().info("counter.open", facility=clinic.facility.key)
            pulse.open()
            yield door
            pulse.draining()
            for task in outside:
                task.cancel()
            worker.stop()
            with suppress(TimeoutError):
                await asyncio.wait_for(at_work, DRAIN_SECONDS)
    finally:
        await seat.leave()
        await session.close()
        structlog.get_logger().info("counter.closed")
