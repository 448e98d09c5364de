"""nginx before the bot, as the documentation has it: who comes through, and what stays inside."""

from collections.abc import AsyncIterator, Sequence
from io import BytesIO
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

import aiohttp
import pytest
from yarl import URL

from bot.health import health_routes
from bot.intake.webhook import webhook_routes
from bot.intake.webhook_address import Webhook
from bot.metrics import Metrics
from bot.pulse import Pulse
from bot.vitals import open_checkup
from bot.web import open_web, receipt_routes
from jobs.sms.receipt_addresses import PATH, ReceiptAddresses
from tests.peers.nginx import Proxy, nginx_before
from tests.peers.programs import free_port
from tests.stage.house import House
from tests.stage.stage import TOKEN

SECRET: Final = "a-secret-of-the-tests"
WEBHOOK: Final = Webhook.at("https://bot.clinic.example/telegram", SECRET, TOKEN)
KNOWN: Final = {"X-Telegram-Bot-Api-Secret-Token": SECRET}
UPDATE: Final[dict[str, Any]] = {"update_id": 1, "message": {"chat": {"id": 1001}}}
INSIDE: Final = ("/metrics", "/healthz", "/readyz")
ADDRESSES: Final = ReceiptAddresses("https://bot.clinic.example", "a secret of the tests")
RECEIPT: Final = urlsplit(ADDRESSES.of("a/b ż")).path + "?status=1"


class Desk:
    """What came through to it."""

    def __init__(self) -> None:
        self.updates: list[dict[str, Any]] = []
        self.receipts: list[tuple[str, bool]] = []

    async def let_in(self, updates: Sequence[dict[str, Any]]) -> None:
        self.updates += updates

    async def note(self, reference: str, delivered: bool) -> None:
        self.receipts.append((reference, delivered))


@pytest.fixture
def desk() -> Desk:
    return Desk()


@pytest.fixture
async def port(house: House, desk: Desk) -> AsyncIterator[int]:
    """The bot's web app, with all its addresses."""
    pulse = Pulse(polls=False)
    async with open_checkup(house.clinic) as checkup:
        routes = [
            *health_routes(checkup, pulse, Metrics()),
            *webhook_routes(WEBHOOK, desk.let_in, pulse),
            *receipt_routes(PATH, ADDRESSES.opens, desk.note),
        ]
        async with open_web("127.0.0.1:0", routes) as address:
            yield urlsplit(address).port or 0


@pytest.fixture
async def outside() -> AsyncIterator[aiohttp.ClientSession]:
    """Somebody on the internet who trusts any certificate."""
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(ssl=False)) as http:
        yield http


async def test_telegram_and_the_gateway_come_through(
    port: int, desk: Desk, outside: aiohttp.ClientSession, tmp_path: Path
) -> None:
    async with nginx_before(port, tmp_path) as proxy:
        async with outside.post(f"{proxy.secure}/telegram", json=UPDATE, headers=KNOWN) as answer:
            assert answer.status == 200
        async with outside.get(URL(proxy.secure + RECEIPT, encoded=True)) as answer:
            assert answer.status == 200
    assert desk.updates == [UPDATE]
    assert desk.receipts == [("a/b ż", True)]


async def test_whatever_else_there_is_stays_inside(
    port: int, desk: Desk, outside: aiohttp.ClientSession, tmp_path: Path
) -> None:
    async with nginx_before(port, tmp_path) as proxy:
        for path in (
            "/",
            "/metrics",
            "/healthz",
            "/readyz",
            "/telegram/",
            "/telegram/../metrics",
            "/sms/",
            "//metrics",
        ):
            address = URL(proxy.secure + path, encoded=True)
            for method in ("GET", "POST"):
                async with outside.request(method, address, headers=KNOWN) as answer:
                    assert answer.status == 404, (method, path)
                    assert "reception" not in await answer.text()
        async with outside.get(f"{proxy.plain}/telegram") as answer:
            assert answer.status == 404
    assert (desk.updates, desk.receipts) == ([], [])


async def test_who_is_not_telegram_is_turned_away_before_the_bot(
    port: int, desk: Desk, outside: aiohttp.ClientSession, tmp_path: Path
) -> None:
    async with (
        nginx_before(port, tmp_path, telegram_is_here=False) as proxy,
        outside.post(f"{proxy.secure}/telegram", json=UPDATE, headers=KNOWN) as answer,
    ):
        assert answer.status == 403
    assert desk.updates == []


async def test_a_telegram_without_the_secret_or_with_too_much_to_say_is_refused(
    port: int, desk: Desk, outside: aiohttp.ClientSession, tmp_path: Path
) -> None:
    async with nginx_before(port, tmp_path) as proxy:
        async with outside.post(f"{proxy.secure}/telegram", json=UPDATE) as answer:
            assert answer.status == 403
        async with outside.get(f"{proxy.secure}/telegram", headers=KNOWN) as answer:
            assert answer.status == 403
        async with outside.post(f"{proxy.secure}/telegram", data=BytesIO(b" " * 1_100_000), headers=KNOWN) as answer:
            assert answer.status == 413
    assert desk.updates == []


async def test_addresses_that_hold_keys_are_written_nowhere(
    port: int, outside: aiohttp.ClientSession, tmp_path: Path
) -> None:
    async with nginx_before(port, tmp_path) as proxy:
        async with outside.get(URL(proxy.secure + RECEIPT, encoded=True)):
            pass
        async with outside.get(f"{proxy.plain}/anything"):
            pass
    assert "receipts" not in written_by(proxy)


async def test_with_the_bot_away_telegram_is_asked_to_come_again(
    outside: aiohttp.ClientSession, tmp_path: Path
) -> None:
    async with (
        nginx_before(free_port(), tmp_path) as proxy,
        outside.post(f"{proxy.secure}/telegram", json=UPDATE, headers=KNOWN) as answer,
    ):
        assert answer.status == 502


def written_by(proxy: Proxy) -> str:
    return "".join(file.read_text() for file in proxy.folder.glob("*.log"))
