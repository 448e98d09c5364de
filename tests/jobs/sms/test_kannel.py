"""The whole way: our HTTP gateway, Kannel, an SMSC, and the receipt back through the web app."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from urllib.parse import quote

import pytest

from bot.web import open_web, receipt_routes
from jobs.courier import Carried, Delivery
from jobs.sms.choose import open_gateway
from jobs.sms.gateway import SmsGateway
from jobs.sms.receipt_addresses import PATH, ReceiptAddresses
from tests.jobs.sms.desk import Receipts, TenOClock, sms, working
from tests.peers.kannel import PASSWORD, USER, install_kannel, kannel
from tests.peers.smsc import Smsc, smsc

pytestmark = pytest.mark.usefixtures("peers")

SECRET = "a secret of the tests"
TWO_PARTS = (
    "Просим прощения: приём 16.12 в 10:30 (Рождественская Анна Валерьевна) отменён. Новое время: Telegram, +7 495 933"
)


@pytest.fixture(scope="module", autouse=True)
def installed() -> None:
    install_kannel()


@asynccontextmanager
async def way(
    folder: Path, password: str = PASSWORD, **plan: object
) -> AsyncIterator[tuple[SmsGateway, Smsc, Receipts]]:
    """A gateway that sends through Kannel into a network with this plan."""
    receipts = Receipts()
    # Keys depend on the secret alone: the web app may know them before its address is known.
    opens = ReceiptAddresses("", SECRET).opens
    async with (
        open_web("127.0.0.1:0", receipt_routes(PATH, opens, receipts.note)) as public_url,
        smsc(**plan) as network,
        kannel(folder, network) as address,
    ):
        url = f"http://{USER}:{quote(password, safe='')}@{address}?from=Diamed"
        gateway = open_gateway(url, TenOClock(), ReceiptAddresses(public_url, SECRET))
        async with working(gateway):
            yield gateway, network, receipts


@pytest.mark.parametrize(
    "text",
    [
        "Il suo codice: 482913. Perché è così: {[~]} €",
        "Przypominamy: jutro, 16.12, godz. 10:30, dr Wiśniewska-Żółć",
        "Завтра, 16.12, в 10:30 приём: Рождественская Анна",
    ],
)
async def test_a_text_arrives_letter_for_letter_and_its_receipt_comes_back(text: str, tmp_path: Path) -> None:
    async with way(tmp_path) as (gateway, network, receipts):
        assert await gateway.send(sms(text)) == Carried(Delivery.SENT, ("77",))
        taken = await network.next("submit")
        assert await receipts.next(1) == {("77", True)}
    assert (taken["text"], taken["from"], taken["to"]) == (text, "Diamed", "48601234567")


async def test_a_long_text_is_cut_by_kannel_and_joined_again(tmp_path: Path) -> None:
    async with way(tmp_path) as (gateway, network, receipts):
        await gateway.send(sms(TWO_PARTS))
        first, second = [await network.next("submit") for _ in range(2)]
        assert await receipts.next(1) == {("77", True)}
    assert first["text"] + second["text"] == TWO_PARTS


async def test_a_message_that_the_network_could_not_deliver_is_told(tmp_path: Path) -> None:
    async with way(tmp_path, state="UNDELIV") as (gateway, _, receipts):
        await gateway.send(sms())
        assert await receipts.next(1) == {("77", False)}


async def test_a_number_that_the_network_refuses_is_told(tmp_path: Path) -> None:
    async with way(tmp_path, refused="48601234567") as (gateway, _, receipts):
        assert (await gateway.send(sms())).delivery is Delivery.SENT
        assert await receipts.next(1) == {("77", False)}


async def test_a_wrong_password_leaves_the_message_owed(tmp_path: Path) -> None:
    async with way(tmp_path, password="wrong") as (gateway, _, _):
        assert await gateway.send(sms()) == Carried(Delivery.NOT_YET)
