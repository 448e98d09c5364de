"""SMS over SMPP, to an SMSC that somebody else wrote."""

import asyncio
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
import structlog

from jobs.courier import Carried, Delivery
from jobs.sms.smpp_gateway import BUSY_PAUSES_SECONDS, SmppAccount, SmppGateway
from tests.jobs.sms.desk import Receipts, sms, working
from tests.peers.certificate import self_signed
from tests.peers.smsc import Smsc, smsc

pytestmark = pytest.mark.usefixtures("peers")

POLISH = "Przypominamy: jutro, 16.12, godz. 10:30, dr Aleksandra Wiśniewska-Żółć"
CYRILLIC = "Завтра, 16.12, в 10:30 приём: Рождественская Анна"
TWO_PARTS = (
    "Просим прощения: приём 16.12 в 10:30 (Рождественская Анна Валерьевна) отменён. Новое время: Telegram, +7 495 933"
)


def gateway_to(server: Smsc, password: str = "secret", tls: ssl.SSLContext | None = None) -> SmppGateway:
    return SmppGateway(SmppAccount("127.0.0.1", server.port, "clinic", password, sender="Diamed", tls=tls))


@asynccontextmanager
async def line(keeper: Receipts | None = None, **plan: object) -> AsyncIterator[tuple[SmppGateway, Smsc, Receipts]]:
    """A gateway that is bound to an SMSC with this plan."""
    async with smsc(**plan) as server, working(gateway := gateway_to(server), keeper) as receipts:
        await server.next("ready")
        yield gateway, server, receipts


@pytest.mark.parametrize(
    ("text", "coding"),
    [
        ("Il suo codice: 482913. Perché è così: {[~]} €", 0),
        ("ÄÖÑÜäöñüàèéùìòÇØøÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ@£$¥¡¿§¤", 0),
        (POLISH, 8),
        (CYRILLIC, 8),
    ],
)
async def test_a_text_arrives_letter_for_letter(text: str, coding: int) -> None:
    async with line() as (gateway, server, _):
        carried = await gateway.send(sms(text))
        taken = await server.next("submit")
    assert carried == Carried(Delivery.SENT, ("m1",))
    assert (taken["text"], taken["coding"], taken["header"]) == (text, coding, [])


async def test_the_network_is_told_from_whom_to_whom_and_until_when() -> None:
    async with line(receipts="none") as (gateway, server, _):
        await gateway.send(sms())
        taken = await server.next("submit")
    assert (taken["from"], taken["from_ton"]) == ("Diamed", 5)
    assert (taken["to"], taken["to_ton"]) == ("48601234567", 1)
    assert taken["validity"].startswith("2026-11-22T12:00")
    assert taken["wants_receipt"] == 1


@pytest.mark.parametrize("text", [TWO_PARTS, "Fifteen letters" * 10 + "€" * 10])
async def test_a_long_text_is_joined_again_in_the_right_order(text: str) -> None:
    async with line() as (gateway, server, receipts):
        carried = await gateway.send(sms(text))
        first, second = [await server.next("submit") for _ in range(2)]
        assert await receipts.next(2) == {("m1", True), ("m2", True)}
    assert carried == Carried(Delivery.SENT, ("m1", "m2"))
    assert first["header"][-2:] == [2, 1]
    assert second["header"][-2:] == [2, 2]
    assert first["header"][:-2] == second["header"][:-2]
    assert first["text"] + second["text"] == text


async def test_a_message_that_is_repeated_joins_with_its_first_try() -> None:
    async with line() as (gateway, server, _):
        await gateway.send(sms(TWO_PARTS, "77"))
        await gateway.send(sms(TWO_PARTS, "77"))
        await gateway.send(sms(TWO_PARTS, "78"))
        headers = [(await server.next("submit"))["header"] for _ in range(6)]
    assert headers[:2] == headers[2:4] != headers[4:]


@pytest.mark.parametrize("form", ["text", "fields"])
@pytest.mark.parametrize(("state", "delivered"), [("DELIVRD", True), ("UNDELIV", False), ("EXPIRED", False)])
async def test_a_receipt_says_whether_it_was_delivered(form: str, state: str, delivered: bool) -> None:
    async with line(receipts=form, state=state) as (gateway, server, receipts):
        await gateway.send(sms())
        assert await receipts.next(1) == {("m1", delivered)}
        assert (await server.next("receipt"))["status"] == 0


async def test_dates_with_seconds_in_a_receipt_do_not_break_the_line() -> None:
    async with line(dates="261122103000") as (gateway, _, receipts):
        await gateway.send(sms())
        assert await receipts.next(1) == {("m1", True)}


async def test_a_receipt_that_cannot_be_written_down_is_brought_again() -> None:
    async with line(Receipts(lost=2)) as (gateway, server, receipts):
        await gateway.send(sms())
        assert await receipts.next(1) == {("m1", True)}
        assert [(await server.next("receipt"))["status"] for _ in range(3)] == [0x64, 0x64, 0]


@pytest.mark.parametrize(
    ("status", "carried"),
    [
        ("ESME_RTHROTTLED", Carried(Delivery.NOT_YET)),
        ("ESME_RMSGQFUL", Carried(Delivery.NOT_YET)),
        ("ESME_RSYSERR", Carried(Delivery.NOT_YET)),
        ("ESME_RINVDSTADR", Carried(Delivery.REFUSED, reason="0x0000000b")),
        (0x00000417, Carried(Delivery.REFUSED, reason="0x00000417")),
    ],
)
async def test_what_is_not_taken_is_told_from_what_never_will_be(status: str | int, carried: Carried) -> None:
    async with line(statuses=[status]) as (gateway, _, _):
        assert await gateway.send(sms()) == carried
        assert (await gateway.send(sms())).delivery is Delivery.SENT


async def test_one_refused_number_does_not_disturb_the_others() -> None:
    async with line(refused="48600000000") as (gateway, _, _):
        carried = await asyncio.gather(*(gateway.send(sms(to=to)) for to in ("+48600000000", "+48601234567")))
    assert [each.delivery for each in carried] == [Delivery.REFUSED, Delivery.SENT]


async def test_a_busy_network_in_the_middle_of_a_message_is_waited_for() -> None:
    async with line(statuses=["ESME_ROK", "ESME_RTHROTTLED"], receipts="none") as (gateway, server, _):
        carried = await gateway.send(sms(TWO_PARTS))
        texts = [(await server.next("submit"))["text"] for _ in range(3)]
    assert carried == Carried(Delivery.SENT, ("m1", "m3"))
    assert texts[0] + texts[2] == TWO_PARTS


async def test_a_message_whose_second_part_is_never_taken_may_have_been_sent() -> None:
    busy = ["ESME_RTHROTTLED"] * (1 + len(BUSY_PAUSES_SECONDS))
    async with line(statuses=["ESME_ROK", *busy], receipts="none") as (gateway, _, _):
        assert await gateway.send(sms(TWO_PARTS)) == Carried(Delivery.MAYBE, ("m1",))


async def test_a_message_whose_second_part_is_refused_is_refused() -> None:
    async with line(statuses=["ESME_ROK", "ESME_RINVDSTADR"], receipts="none") as (gateway, _, _):
        assert await gateway.send(sms(TWO_PARTS)) == Carried(Delivery.REFUSED, ("m1",), "0x0000000b")


async def test_a_line_that_breaks_after_the_message_leaves_a_doubt_and_is_opened_anew() -> None:
    async with line(drops=1, receipts="none") as (gateway, server, _):
        assert await gateway.send(sms()) == Carried(Delivery.MAYBE)
        assert await gateway.send(sms()) == Carried(Delivery.NOT_YET)
        await server.next("ready")
        assert await gateway.send(sms()) == Carried(Delivery.SENT, ("m2",))


async def test_messages_that_wait_for_an_answer_end_with_the_line() -> None:
    async with line(statuses=[None, None, None], drops=0) as (gateway, server, _):
        async with asyncio.TaskGroup() as tasks:
            waiting = [tasks.create_task(gateway.send(sms())) for _ in range(3)]
            for _ in waiting:
                await server.next("submit")
            server.unbind()
        assert [each.result() for each in waiting] == [Carried(Delivery.MAYBE)] * 3


async def test_without_a_network_nothing_has_left() -> None:
    gateway = SmppGateway(SmppAccount("127.0.0.1", 1, "clinic", "secret"))
    async with working(gateway):
        assert await gateway.send(sms()) == Carried(Delivery.NOT_YET)


async def test_a_wrong_password_is_logged_without_the_password_and_tried_again() -> None:
    with structlog.testing.capture_logs() as logs:
        async with smsc(password="secret") as server, working(gateway_to(server, password="wr0ng")):
            for _ in range(2):
                assert not (await server.next("bind"))["welcome"]
    assert [entry["kind"] for entry in logs if entry["event"] == "sms.trouble"][:1] == ["BindRefused"]
    assert "wr0ng" not in str(logs)


async def test_the_desk_says_goodbye_when_it_closes() -> None:
    async with smsc() as server:
        async with working(gateway_to(server)):
            await server.next("ready")
        await server.next("unbind")


async def test_a_line_under_tls_carries_the_same() -> None:
    key, certificate = self_signed()
    trusting = ssl.create_default_context(cadata=certificate)
    async with (
        smsc(tls={"key": key, "cert": certificate}) as server,
        working(gateway := gateway_to(server, tls=trusting)) as receipts,
    ):
        await server.next("ready")
        assert (await gateway.send(sms(CYRILLIC))).delivery is Delivery.SENT
        assert await receipts.next(1) == {("m1", True)}


async def test_a_network_whose_certificate_is_not_trusted_is_told_nothing() -> None:
    key, certificate = self_signed()
    with structlog.testing.capture_logs() as logs:
        async with smsc(tls={"key": key, "cert": certificate}) as server:
            gateway = gateway_to(server, tls=ssl.create_default_context())
            async with working(gateway):
                # By the second time, the first has been logged.
                for _ in range(2):
                    await server.next("distrusted")
                assert await gateway.send(sms()) == Carried(Delivery.NOT_YET)
    assert (logs[0]["kind"], logs[0]["reason"]) == ("LineBroken", "SSLCertVerificationError")
