"""The web app, as gateways call it."""

from collections.abc import AsyncIterator
from urllib.parse import urlsplit

import aiohttp
import pytest
from aiohttp import web

from bot.web import open_web, receipt_routes
from core.errors import DatabaseLost
from jobs.sms.receipt_addresses import PATH, ReceiptAddresses

ADDRESSES = ReceiptAddresses("https://clinic.example", "a secret of the tests")


class Desk:
    """Keeps the receipts, while it has a database."""

    def __init__(self) -> None:
        self.noted: list[tuple[str, bool]] = []
        self.lost = False

    async def note(self, reference: str, delivered: bool) -> None:
        if self.lost:
            raise DatabaseLost("OperationalError")
        self.noted.append((reference, delivered))


@pytest.fixture
def desk() -> Desk:
    return Desk()


@pytest.fixture
async def gateway(desk: Desk) -> AsyncIterator[aiohttp.ClientSession]:
    """Somebody who can reach the app."""
    routes = receipt_routes(PATH, ADDRESSES.opens, desk.note)
    async with open_web("127.0.0.1:0", routes) as address, aiohttp.ClientSession(address) as http:
        yield http


def address_of(reference: str) -> str:
    return urlsplit(ADDRESSES.of(reference)).path


@pytest.mark.parametrize(
    ("status", "noted"),
    [
        ("1", [("77", True)]),
        ("DELIVRD", [("77", True)]),
        ("2", [("77", False)]),
        ("16", [("77", False)]),
        ("undelivered", [("77", False)]),
        ("8", []),
        ("", []),
    ],
)
async def test_a_receipt_is_noted_once_it_is_final(
    gateway: aiohttp.ClientSession, desk: Desk, status: str, noted: list[tuple[str, bool]]
) -> None:
    async with gateway.get(address_of("77"), params={"status": status}) as answer:
        assert answer.status == 200
    assert desk.noted == noted


async def test_a_receipt_may_come_as_a_form(gateway: aiohttp.ClientSession, desk: Desk) -> None:
    async with gateway.post(address_of("77"), data={"status": "delivered"}) as answer:
        assert answer.status == 200
    assert desk.noted == [("77", True)]


async def test_a_reference_may_have_any_letters(gateway: aiohttp.ClientSession, desk: Desk) -> None:
    async with gateway.get(address_of("a/b ż") + "?status=1") as answer:
        assert answer.status == 200
    assert desk.noted == [("a/b ż", True)]


@pytest.mark.parametrize(
    "address",
    [
        address_of("77").replace("/77/", "/78/"),
        address_of("77")[:-1],
        address_of("77") + "/more",
        f"{PATH}/77/",
        f"{PATH}/77/%FF%00",
        PATH,
        "/",
    ],
)
async def test_anything_else_is_not_there(gateway: aiohttp.ClientSession, desk: Desk, address: str) -> None:
    async with gateway.get(address + "?status=1") as answer:
        assert answer.status == 404
    assert desk.noted == []


async def test_without_a_database_the_gateway_is_asked_to_come_again(
    gateway: aiohttp.ClientSession, desk: Desk
) -> None:
    desk.lost = True
    async with gateway.get(address_of("77") + "?status=1") as answer:
        assert answer.status == 503


async def test_an_endless_form_is_not_read(gateway: aiohttp.ClientSession, desk: Desk) -> None:
    async with gateway.post(address_of("77"), data={"status": "1" * 100_000}) as answer:
        assert answer.status == 413


async def test_the_address_is_free_again_after_the_block() -> None:
    async def hello(request: web.Request) -> web.Response:
        return web.Response(text="hello")

    async with open_web("127.0.0.1:0", [web.get("/", hello)]) as first:
        port = urlsplit(first).port
    async with (
        open_web(f"127.0.0.1:{port}", [web.get("/", hello)]) as second,
        aiohttp.ClientSession() as http,
        http.get(second) as answer,
    ):
        assert await answer.text() == "hello"
    assert first == second
