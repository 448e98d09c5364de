"""SMS over HTTP, to a gateway of ten lines that keeps all it is told."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import pytest
from aiohttp import encode_basic_auth, web

from jobs.courier import Carried, Delivery
from jobs.sms.choose import open_gateway
from jobs.sms.gateway import SmsGateway
from jobs.sms.receipt_addresses import ReceiptAddresses
from tests.jobs.sms.desk import TO, TenOClock, sms, working

ADDRESSES = ReceiptAddresses("https://clinic.example/", "a secret of the tests")


@dataclass
class Operator:
    """Answers as told; `status` 0 hangs up without a word, after taking the message."""

    status: int = 202
    text: str = "0: Accepted for delivery"
    address: str = ""
    queries: list[dict[str, str]] = field(default_factory=list)
    forms: list[dict[str, str]] = field(default_factory=list)
    credentials: list[str] = field(default_factory=list)

    async def take(self, request: web.Request) -> web.Response:
        self.queries.append(dict(request.query))
        self.forms.append({name: str(value) for name, value in (await request.post()).items()})
        self.credentials.append(request.headers.get("Authorization", ""))
        if not self.status:
            assert request.transport is not None
            request.transport.close()
        return web.Response(status=self.status or 200, text=self.text, headers={"Location": "/elsewhere"})


@asynccontextmanager
async def operator(status: int = 202, text: str = "0: Accepted for delivery") -> AsyncIterator[Operator]:
    told = Operator(status, text)
    app = web.Application()
    app.router.add_route("*", "/{path:.*}", told.take)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    told.address = f"127.0.0.1:{runner.addresses[0][1]}"
    try:
        yield told
    finally:
        await runner.cleanup()


@asynccontextmanager
async def open_at(url: str, receipts: ReceiptAddresses | None = ADDRESSES) -> AsyncIterator[SmsGateway]:
    """The gateway that this URL names, at work."""
    gateway = open_gateway(url, TenOClock(), receipts)
    async with working(gateway):
        yield gateway


async def test_kannel_is_told_everything_by_its_own_names() -> None:
    async with (
        operator() as told,
        open_at(f"http://clinic:p%40ss@{told.address}/cgi-bin/sendsms?from=Diamed") as gateway,
    ):
        carried = await gateway.send(sms("Perché no?"))
    assert carried == Carried(Delivery.SENT, ("77",))
    receipt = told.queries[0].pop("dlr-url")
    assert receipt.startswith("https://clinic.example/sms/receipts/77/")
    assert receipt.endswith("?status=%d")
    assert told.queries == [
        {
            "username": "clinic",
            "password": "p@ss",
            "from": "Diamed",
            "to": TO,
            "text": "Perché no?",
            "charset": "UTF-8",
            "coding": "0",
            "validity": "120",
            "dlr-mask": "19",
        }
    ]


async def test_russian_goes_as_ucs_2() -> None:
    async with operator() as told, open_at(f"http://a:b@{told.address}/") as gateway:
        await gateway.send(sms("Приём завтра & «всё»"))
    assert (told.queries[0]["text"], told.queries[0]["coding"]) == ("Приём завтра & «всё»", "2")


async def test_another_gateway_is_told_the_same_under_its_own_names() -> None:
    renamed = "name.to=recipient&name.text=body&name.dlr-url=callback"
    left_out = "name.coding=&name.charset=&name.validity=&name.dlr-mask="
    options = f"method=post&auth=basic&route=gold&{renamed}&{left_out}"
    async with operator(200, "") as told, open_at(f"http://clinic:secret@{told.address}/send?{options}") as gateway:
        assert (await gateway.send(sms("Hello"))).delivery is Delivery.SENT
    assert told.queries == [{}]
    assert told.forms[0].pop("callback").startswith("https://clinic.example/")
    assert told.forms == [{"recipient": TO, "body": "Hello", "route": "gold"}]
    assert told.credentials == [encode_basic_auth("clinic", "secret")]


async def test_without_an_address_of_ones_own_no_receipt_is_asked_for() -> None:
    async with operator() as told, open_at(f"http://a:b@{told.address}/", receipts=None) as gateway:
        assert await gateway.send(sms()) == Carried(Delivery.SENT)
    assert not {"dlr-mask", "dlr-url"} & told.queries[0].keys()


@pytest.mark.parametrize(
    ("status", "text", "delivery"),
    [
        (200, "", Delivery.SENT),
        (202, "3: Queued for later delivery", Delivery.SENT),
        (301, "", Delivery.NOT_YET),
        (400, "Garbage 'to' field, rejected.", Delivery.REFUSED),
        (401, "", Delivery.NOT_YET),
        (403, "Authorization failed for sendsms", Delivery.NOT_YET),
        (403, "Number(s) has/have been denied by white- and/or black-lists.", Delivery.REFUSED),
        (429, "", Delivery.NOT_YET),
        (500, "", Delivery.MAYBE),
        (502, "<html>", Delivery.MAYBE),
        (503, "Temporal failure, try again later.", Delivery.NOT_YET),
    ],
)
async def test_an_answer_says_whether_to_try_again(status: int, text: str, delivery: Delivery) -> None:
    async with operator(status, text) as told, open_at(f"http://a:b@{told.address}/") as gateway:
        carried = await gateway.send(sms())
    assert carried.delivery is delivery
    assert carried.reason == (str(status) if delivery is Delivery.REFUSED else "")
    assert len(told.queries) == 1


async def test_a_gateway_that_hangs_up_may_have_taken_it_and_is_not_asked_again() -> None:
    async with operator(0) as told, open_at(f"http://a:b@{told.address}/") as gateway:
        assert await gateway.send(sms()) == Carried(Delivery.MAYBE)
    assert len(told.queries) == 1


async def test_without_a_connection_nothing_has_left() -> None:
    async with open_at("http://a:b@127.0.0.1:1/") as gateway:
        assert await gateway.send(sms()) == Carried(Delivery.NOT_YET)


async def test_before_the_desk_opens_nothing_leaves() -> None:
    assert await open_gateway("http://a:b@127.0.0.1:1/", TenOClock(), None).send(sms()) == Carried(Delivery.NOT_YET)


def test_nobody_guesses_the_address_of_a_receipt() -> None:
    *_, reference, key = ADDRESSES.of("77").split("/")
    assert ADDRESSES.opens(reference, key)
    assert not ADDRESSES.opens("78", key)
    assert not ADDRESSES.opens(reference, key[:-1])
    assert not ADDRESSES.opens(reference, "ключ")
    assert not ReceiptAddresses("https://clinic.example", "another secret").opens(reference, key)
    assert len(key) == 43
