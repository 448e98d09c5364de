"""The composition root: reads the settings, builds everything by constructor, runs it."""

import argparse
import asyncio
import secrets
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import SystemRandom
from typing import Final

import aiohttp
import structlog
from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from pydantic import SecretStr

from bot.clock_follower import follow_clock
from bot.dispatcher import build_dispatcher
from bot.intake.give_up import GiveUp
from bot.intake.receiver import Receiver
from bot.intake.worker import Worker
from bot.introduce import introduce
from bot.logs import set_up_logs
from bot.pace import SharedPace
from bot.session import PacedCalls
from bot.settings import Settings, read_settings
from core.clinic import Clinic
from core.demo.fill_clinic import AlreadyFilled
from core.demo.load_demo import load_demo
from core.demo.page import demo_page
from core.demo.questions import is_empty
from core.demo.read_demo import demo_people, read_demo
from core.facility.read_profile import ProfileError, read_profile
from core.identity.hasher import Hasher
from core.intake.forget_old_keys import forget_old_keys
from core.intake.seal import Seal
from core.storage.database import Database, UnknownDatabase
from core.storage.migrate import migrate
from jobs.send_alerts import AlertSender
from jobs.telegram_courier import TelegramCourier
from jobs.ticker import build_ticker
from locales.translator import load_translators
from sandbox.app import serve

SANDBOX_HOST: Final = "127.0.0.1"
SANDBOX_PORT: Final = 8081
SANDBOX_TOKEN: Final = "100200300:" + "A" * 35
SANDBOX_SECRET: Final = Path("var/secret_key")
CALL_SECONDS: Final = 20
DRAIN_SECONDS: Final = 8


class MovableClock:
    """Real time plus an offset, which is zero unless a sandbox says otherwise."""

    def __init__(self) -> None:
        self.offset = timedelta(0)

    def now(self) -> datetime:
        return datetime.now(UTC) + self.offset  # noqa: TID251 - the one place that asks the machine


@asynccontextmanager
async def open_clinic(settings: Settings, clock: MovableClock) -> AsyncIterator[Clinic]:
    """The clinic with its database in the present shape."""
    try:
        facility = read_profile(settings.facility_file)
        database = Database.at(settings.database_url)
    except (ProfileError, UnknownDatabase) as unusable:
        raise SystemExit(str(unusable)) from None
    try:
        await migrate(database)
        yield Clinic(database, facility, clock, SystemRandom())
    finally:
        await database.close()


async def run(settings: Settings) -> None:
    """Serve Telegram until SIGTERM or SIGINT; then finish what is at work, within ten seconds."""
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    clock = MovableClock()
    async with open_clinic(settings, clock) as clinic, open_desk(settings, clinic, clock):
        await stop.wait()


@asynccontextmanager
async def open_desk(
    settings: Settings, clinic: Clinic, clock: MovableClock, hasher: Hasher | None = None
) -> AsyncIterator[None]:
    """The desk at work: it receives, answers, sends what is owed, and on the way out finishes what it began."""
    if settings.bot_token is None or settings.secret_key is None:
        raise SystemExit("BOT_TOKEN and SECRET_KEY: both are needed to serve Telegram. See .env.example.")
    token, pace, translators = settings.bot_token.get_secret_value(), SharedPace(), load_translators()
    session = AiohttpSession(api=TelegramAPIServer.from_base(settings.bot_api_url), timeout=CALL_SECONDS)
    session.middleware(PacedCalls(pace))
    bot = Bot(token, session=session)
    courier = TelegramCourier(token, settings.bot_api_url, pace)
    sender = AlertSender(clinic, courier, translators)
    dispatcher = build_dispatcher(clinic, translators, hasher or Hasher())
    await dispatcher.emit_startup(bot=bot)
    seal = Seal(settings.secret_key.get_secret_value())
    worker = Worker(clinic, dispatcher, bot, GiveUp(clinic, bot, seal, translators))
    receiver = Receiver(bot, session, clinic, worker.wake)

    async def keep_house() -> None:
        await clinic.clockwork(forget_old_keys)

    def shift(offset: timedelta) -> None:
        clock.offset = offset
        told_the_time.set()
        worker.wake()

    ticker = build_ticker(sender.tick, keep_house)
    told_the_time = asyncio.Event()
    try:
        async with asyncio.TaskGroup() as tasks:
            outside = []
            if settings.clock_url:
                outside.append(tasks.create_task(follow_clock(settings.clock_url, shift)))
                await told_the_time.wait()
            outside += [tasks.create_task(receiver.run()), tasks.create_task(introduce(bot, clinic, translators))]
            at_work = tasks.create_task(worker.run())
            ticker.start()
            structlog.get_logger().info("desk.open", facility=clinic.facility.key)
            yield
            for task in outside:
                task.cancel()
            worker.stop()
            with suppress(TimeoutError):
                await asyncio.wait_for(asyncio.gather(at_work, sender.stop()), DRAIN_SECONDS)
            ticker.shutdown(wait=False)
    finally:
        await courier.close()
        await session.close()
        structlog.get_logger().info("desk.closed")


async def fill_if_empty(settings: Settings) -> None:
    async with open_clinic(settings, MovableClock()) as clinic:
        if await clinic.read(is_empty):
            say("Preparing the demo clinic, some 40,000 slots ...")
            await load_demo(clinic, Hasher(), read_demo(settings.demo_file))


async def fill(settings: Settings) -> None:
    """Fill a fresh database with the profile's demo clinic."""
    async with open_clinic(settings, MovableClock()) as clinic:
        try:
            await load_demo(clinic, Hasher(), read_demo(settings.demo_file))
        except AlreadyFilled:
            raise SystemExit("This database has a clinic already. Choose another DATABASE_URL.") from None
    say(f"The demo clinic is ready: {settings.database_url}. Its people are listed in docs/demo.md.")


async def run_sandbox(settings: Settings) -> None:
    """No token: a Telegram of our own on this machine, the demo clinic, and an address to open."""
    telegram = await serve(SANDBOX_HOST, SANDBOX_PORT)
    try:
        settings = settings.model_copy(
            update={
                "bot_token": SecretStr(SANDBOX_TOKEN),
                "bot_api_url": telegram.url,
                "clock_url": f"{telegram.url}/sim/clock/listen",
                "secret_key": settings.secret_key or _kept_secret(),
            }
        )
        await fill_if_empty(settings)
        async with aiohttp.ClientSession() as http:
            people = [asdict(person) for person in demo_people(settings.demo_file)]
            await http.post(f"{telegram.url}/sim/people", json={"people": people}, raise_for_status=True)
        say(f"\n  The clinic is open. Please look in at  {telegram.url}/\n\n  Ctrl+C closes it.\n")
        await run(settings)
    finally:
        await telegram.close()


def _kept_secret() -> SecretStr:
    """A secret key of the sandbox's own, the same at every start."""
    if not SANDBOX_SECRET.exists():
        SANDBOX_SECRET.parent.mkdir(parents=True, exist_ok=True)
        SANDBOX_SECRET.touch(mode=0o600)
        SANDBOX_SECRET.write_text(secrets.token_urlsafe(32))
    return SecretStr(SANDBOX_SECRET.read_text())


def say(words: str) -> None:
    sys.stdout.write(words + "\n")
    sys.stdout.flush()


def main() -> None:
    parser = argparse.ArgumentParser(prog="main.py", description="Reception: the front desk of a clinic, in Telegram.")
    commands = parser.add_subparsers(dest="command")
    commands.add_parser("run", help="serve Telegram; without BOT_TOKEN, the sandbox with the demo clinic (the default)")
    commands.add_parser("load-demo", help="fill a fresh database with the demo clinic of the profile")
    commands.add_parser("demo-page", help="print the page that lists the demo clinic's people")
    command = parser.parse_args().command
    settings = read_settings()
    set_up_logs(settings.log_level)
    if command == "load-demo":
        asyncio.run(fill(settings))
    elif command == "demo-page":
        sys.stdout.write(demo_page(read_demo(settings.demo_file)))
    elif settings.bot_token is None:
        asyncio.run(run_sandbox(settings))
    else:
        asyncio.run(run(settings))


if __name__ == "__main__":
    main()
