"""The composition root: reads the settings, builds everything by constructor, runs it."""

import asyncio
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import SystemRandom
from typing import Final

from pydantic import SecretStr

from bot.back_office import import_files, let_the_desk_work, print_cases
from bot.command_line import read_command_line
from bot.counter import open_counter
from bot.demo_telegram import people_of_the_demo
from bot.desk import Desk
from bot.dispatcher import build_dispatcher
from bot.health import health_routes
from bot.intake.webhook import webhook_routes
from bot.intake.webhook_address import webhook_at
from bot.logs import set_up_logs
from bot.metrics import Metrics
from bot.progress import show_progress
from bot.pulse import Pulse
from bot.sandbox_settings import SANDBOX_BOT, SANDBOX_HOST, settings_in_sandbox
from bot.settings import Settings, read_settings
from bot.shared.open_pace import build_pace, open_pace
from bot.tuning import tuned
from bot.vitals import open_checkup
from bot.web import PlaceTaken, open_web, receipt_routes
from core.alerts.note_receipt import note_receipt
from core.clinic import Clinic
from core.demo.fill_clinic import AlreadyFilled
from core.demo.load_demo import load_demo
from core.demo.page import demo_page
from core.demo.questions import is_empty
from core.demo.read_demo import read_demo
from core.errors import DatabaseLost
from core.facility.read_profile import ProfileError, read_profile
from core.identity.hasher import Hasher
from core.identity.sign_up import SignUp
from core.intake.forget_old_keys import forget_old_keys
from core.seal import Seal
from core.storage.backup import NoBackup, back_up
from core.storage.database import Database, UnknownDatabase
from core.storage.migrate import migrate
from core.visits.loading.keep_agendas import keep_agendas
from jobs.couriers import build_couriers
from jobs.office import open_office
from jobs.sms.receipt_addresses import PATH, ReceiptAddresses
from jobs.telegram.courier import TelegramCourier
from jobs.tell_operators import OperatorTeller
from locales.translator import load_translators
from sandbox.app import serve

SANDBOX_PORT: Final = 8081


class MovableClock:
    """Real time plus an offset, which is zero unless a sandbox says otherwise."""

    def __init__(self) -> None:
        self.offset = timedelta(0)

    def shift(self, offset: timedelta) -> None:
        self.offset = offset

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
        try:
            with show_progress() as tell:
                await migrate(database, tell)
        except DatabaseLost as lost:
            raise SystemExit(f"DATABASE_URL: the database does not answer ({lost}).") from None
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
        with tuned():
            await stop.wait()


@asynccontextmanager
async def open_desk(
    settings: Settings, clinic: Clinic, clock: MovableClock, hasher: Hasher | None = None
) -> AsyncIterator[None]:
    """The desk at work: it receives, answers, sends what is owed, and on the way out finishes what it began."""
    if settings.bot_token is None or settings.secret_key is None:
        raise SystemExit("BOT_TOKEN and SECRET_KEY: both are needed to serve Telegram. See .env.example.")
    token, secret = settings.bot_token.get_secret_value(), settings.secret_key.get_secret_value()
    facility, translators, seal, metrics = clinic.facility, load_translators(), Seal(secret), Metrics()
    receipts = ReceiptAddresses(settings.public_url, secret) if settings.public_url else None
    try:
        webhook = webhook_at(settings.webhook_url, opened(settings.webhook_secret), token)
        bot_id = int(token.partition(":")[0])
        shared = build_pace(clinic, bot_id, secret, opened(settings.redis_url), told=metrics.told_to_wait)
        telegram = TelegramCourier(token, settings.bot_api_url, shared.pace, facility)
        couriers = build_couriers(
            facility, clock, seal, telegram, opened(settings.smtp_url), opened(settings.sms_url), receipts
        )
    except ValueError as unusable:
        raise SystemExit(str(unusable)) from None
    pulse = Pulse(polls=webhook is None)
    desk = Desk(clinic, translators, seal, metrics, pulse, shared)
    hasher = hasher or Hasher()
    dispatcher = build_dispatcher(clinic, translators, hasher, SignUp(hasher, seal), metrics)
    teller = None
    if settings.operators_chat_id is not None:
        teller = OperatorTeller(clinic, telegram, clinic.database.lock("operators"), settings.operators_chat_id)

    async def on_receipt(message_id: str, delivered: bool) -> None:
        await clinic.clockwork(note_receipt, message_id, delivered)

    async def keep_house() -> None:
        await clinic.clockwork.at_leisure(forget_old_keys)
        await keep_agendas(clinic, let_the_desk_work)

    async with AsyncExitStack() as doors:
        doors.push_async_callback(telegram.close)
        await doors.enter_async_context(open_pace(shared))
        checkup = await doors.enter_async_context(open_checkup(clinic))
        door = await doors.enter_async_context(
            open_counter(desk, dispatcher, token, settings.bot_api_url, webhook, settings.clock_url, clock.shift)
        )
        routes = health_routes(checkup, pulse, metrics)
        routes += webhook_routes(webhook, door.let_in, pulse) if webhook is not None else []
        routes += receipt_routes(PATH, receipts.opens, on_receipt) if receipts is not None else []
        try:
            await doors.enter_async_context(open_web(settings.listen, routes))
        except PlaceTaken as unusable:
            raise SystemExit(str(unusable)) from None
        await doors.enter_async_context(
            open_office(
                clinic,
                couriers,
                translators,
                on_receipt,
                keep_house,
                note=metrics.alert_carried,
                soon=shared.pace.soon,
                teller=teller,
            )
        )
        yield
        pulse.draining()


def opened(secret: SecretStr | None) -> str | None:
    return None if secret is None else secret.get_secret_value()


async def fill_if_empty(settings: Settings) -> None:
    async with open_clinic(settings, MovableClock()) as clinic:
        if await clinic.read(is_empty):
            say("Preparing the demo clinic, some 40,000 slots ...")
            with show_progress() as tell:
                await load_demo(clinic, Hasher(), read_demo(settings.demo_file), tell)


async def fill(settings: Settings) -> None:
    """Fill a fresh database with the profile's demo clinic."""
    async with open_clinic(settings, MovableClock()) as clinic:
        try:
            with show_progress() as tell:
                await load_demo(clinic, Hasher(), read_demo(settings.demo_file), tell)
        except AlreadyFilled:
            raise SystemExit("This database has a clinic already. Choose another DATABASE_URL.") from None
    say(f"The demo clinic is ready: {settings.database_url}. Its people are listed in docs/demo.md.")


async def load_own(settings: Settings, files: list[Path], partial: bool) -> None:
    """Load the clinic's own files; the exit code says whether all of it was loaded."""
    async with open_clinic(settings, MovableClock()) as clinic:
        raise SystemExit(await import_files(clinic, files, partial))


async def list_cases(settings: Settings) -> None:
    async with open_clinic(settings, MovableClock()) as clinic:
        await print_cases(clinic)


def copy_database(settings: Settings, file: Path) -> None:
    try:
        back_up(settings.database_url, file)
    except NoBackup as reason:
        raise SystemExit(str(reason)) from None
    say(f"The copy is ready: {file}. It holds what the clinic knows of its patients.")


async def run_sandbox(settings: Settings) -> None:
    """No token: a Telegram of our own on this machine, the demo clinic, and an address to open."""
    telegram = await serve(SANDBOX_HOST, SANDBOX_PORT)
    try:
        settings = settings_in_sandbox(settings, telegram.url, telegram.smtp_url, telegram.sms_url)
        await fill_if_empty(settings)
        await people_of_the_demo(telegram.url, settings.demo_file, SANDBOX_BOT)
        say(f"\n  The clinic is open. Please look in at  {telegram.url}/\n\n  Ctrl+C closes it.\n")
        await run(settings)
    finally:
        await telegram.close()


def say(words: str) -> None:
    print(words, flush=True)  # noqa: T201 - the one place that speaks to whoever started it


def main() -> None:
    arguments = read_command_line()
    command, settings = arguments.command, read_settings()
    set_up_logs(settings.log_level)
    if command == "load-demo":
        asyncio.run(fill(settings))
    elif command == "import":
        asyncio.run(load_own(settings, arguments.files, arguments.partial))
    elif command == "cases":
        asyncio.run(list_cases(settings))
    elif command == "backup":
        copy_database(settings, arguments.file)
    elif command == "demo-page":
        sys.stdout.write(demo_page(read_demo(settings.demo_file)))
    elif settings.bot_token is None:
        asyncio.run(run_sandbox(settings))
    else:
        asyncio.run(run(settings))


if __name__ == "__main__":
    main()
