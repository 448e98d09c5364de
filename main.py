"""The composition root: reads the settings, builds everything by constructor, runs it."""

import argparse
import asyncio
import secrets
import signal
import socket
import sys
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import SystemRandom
from typing import Final

from pydantic import SecretStr

from bot.back_office import import_files, let_the_desk_work, print_cases
from bot.counter import build_bot, open_counter
from bot.demo_telegram import people_of_the_demo
from bot.dispatcher import build_dispatcher
from bot.intake.give_up import GiveUp
from bot.logs import set_up_logs
from bot.metrics import Metrics
from bot.pace import SharedPace
from bot.pulse import Pulse
from bot.settings import Settings, read_settings
from bot.tuning import tune
from bot.web import open_web, receipt_routes
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
from core.storage.database import Database, UnknownDatabase
from core.storage.migrate import migrate
from core.visits.loading.keep_agendas import keep_agendas
from jobs.couriers import build_couriers
from jobs.office import open_office
from jobs.sms.receipt_addresses import PATH, ReceiptAddresses
from jobs.telegram.courier import TelegramCourier
from locales.translator import load_translators
from sandbox.app import serve

SANDBOX_HOST: Final = "127.0.0.1"
SANDBOX_PORT: Final = 8081
SANDBOX_BOT: Final = 100200300
SANDBOX_TOKEN: Final = f"{SANDBOX_BOT}:" + "A" * 35
SANDBOX_SENDER: Final = "CM%20Diamed%20<no-reply@reception.example>"
SANDBOX_SECRET: Final = Path("var/secret_key")


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
            await migrate(database)
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
        tuned = tune()
        await stop.wait()
        del tuned


@asynccontextmanager
async def open_desk(
    settings: Settings, clinic: Clinic, clock: MovableClock, hasher: Hasher | None = None
) -> AsyncIterator[None]:
    """The desk at work: it receives, answers, sends what is owed, and on the way out finishes what it began."""
    if settings.bot_token is None or settings.secret_key is None:
        raise SystemExit("BOT_TOKEN and SECRET_KEY: both are needed to serve Telegram. See .env.example.")
    token, secret = settings.bot_token.get_secret_value(), settings.secret_key.get_secret_value()
    facility, pace, translators, seal = clinic.facility, SharedPace(), load_translators(), Seal(secret)
    hasher = hasher or Hasher()
    receipts = ReceiptAddresses(settings.public_url, secret) if settings.public_url else None
    telegram = TelegramCourier(token, settings.bot_api_url, pace, facility)
    try:
        couriers = build_couriers(
            facility, clock, seal, telegram, opened(settings.smtp_url), opened(settings.sms_url), receipts
        )
    except ValueError as unusable:
        raise SystemExit(str(unusable)) from None
    dispatcher = build_dispatcher(clinic, translators, hasher, SignUp(hasher, seal))
    metrics, pulse = Metrics(), Pulse(polls=settings.webhook_url is None)
    bot, session = build_bot(token, settings.bot_api_url, pace, metrics)
    give_up = GiveUp(clinic, bot, seal, translators)

    async def note(message_id: str, delivered: bool) -> None:
        await clinic.clockwork(note_receipt, message_id, delivered)

    async def keep_house() -> None:
        await clinic.clockwork(forget_old_keys)
        await keep_agendas(clinic, let_the_desk_work)

    async with AsyncExitStack() as doors:
        doors.push_async_callback(telegram.close)
        if receipts is not None:
            await doors.enter_async_context(open_web(settings.listen, receipt_routes(PATH, receipts.opens, note)))
        await doors.enter_async_context(
            open_counter(
                clinic, dispatcher, bot, session, give_up, translators, metrics, pulse, settings.clock_url, clock.shift
            )
        )
        await doors.enter_async_context(open_office(clinic, couriers, translators, note, keep_house))
        yield


def opened(secret: SecretStr | None) -> str | None:
    return None if secret is None else secret.get_secret_value()


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


async def load_own(settings: Settings, files: list[Path], partial: bool) -> None:
    """Load the clinic's own files; the exit code says whether all of it was loaded."""
    async with open_clinic(settings, MovableClock()) as clinic:
        raise SystemExit(await import_files(clinic, files, partial))


async def list_cases(settings: Settings) -> None:
    async with open_clinic(settings, MovableClock()) as clinic:
        await print_cases(clinic)


async def run_sandbox(settings: Settings) -> None:
    """No token: a Telegram of our own on this machine, the demo clinic, and an address to open."""
    telegram = await serve(SANDBOX_HOST, SANDBOX_PORT)
    listen = f"{SANDBOX_HOST}:{_free_port()}"
    try:
        settings = settings.model_copy(
            update={
                "bot_token": SecretStr(SANDBOX_TOKEN),
                "bot_api_url": telegram.url,
                "clock_url": f"{telegram.url}/sim/clock/listen",
                "secret_key": settings.secret_key or _kept_secret(),
                "smtp_url": SecretStr(f"{telegram.smtp_url}?from={SANDBOX_SENDER}"),
                "sms_url": SecretStr(telegram.sms_url),
                "public_url": f"http://{listen}",
                "listen": listen,
            }
        )
        await fill_if_empty(settings)
        await people_of_the_demo(telegram.url, settings.demo_file, SANDBOX_BOT)
        say(f"\n  The clinic is open. Please look in at  {telegram.url}/\n\n  Ctrl+C closes it.\n")
        await run(settings)
    finally:
        await telegram.close()


def _free_port() -> int:
    with socket.socket() as asked:
        asked.bind((SANDBOX_HOST, 0))
        port: int = asked.getsockname()[1]
        return port


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
    importing = commands.add_parser("import", help="load a clinic's own data: docs/import.md")
    importing.add_argument("files", nargs="+", type=Path, metavar="file.csv", help="clinics, doctors, agendas")
    importing.add_argument("--partial", action="store_true", help="agendas that the file does not name stay")
    commands.add_parser("cases", help="print what waits for an operator")
    arguments = parser.parse_args()
    command, settings = arguments.command, read_settings()
    set_up_logs(settings.log_level)
    if command == "load-demo":
        asyncio.run(fill(settings))
    elif command == "import":
        asyncio.run(load_own(settings, arguments.files, arguments.partial))
    elif command == "cases":
        asyncio.run(list_cases(settings))
    elif command == "demo-page":
        sys.stdout.write(demo_page(read_demo(settings.demo_file)))
    elif settings.bot_token is None:
        asyncio.run(run_sandbox(settings))
    else:
        asyncio.run(run(settings))


if __name__ == "__main__":
    main()
