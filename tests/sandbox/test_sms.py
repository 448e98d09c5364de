"""The SMS inbox: Kannel's words on the wire, the telephone's view of what came."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any
from urllib.parse import quote, urlencode

import aiohttp
import pytest
from aiohttp import web

from sandbox.app import Sandbox
from sandbox.bell import Bell
from tests.sandbox.hand import ANNA, BORIS, Hand

ZOFIA = "+48601234567"
LONG = 30
ACCEPTED = (202, "0: Accepted for delivery")


async def submit(hand: Hand, sandbox: Sandbox, *, verb: str = "GET", **parameters: str) -> tuple[int, str]:
    address, _, sender = sandbox.sms_url.partition("?")
    given = {
        "username": "sandbox",
        "password": "sandbox",
        "from": sender.removeprefix("from="),
        "to": ZOFIA,
        **parameters,
    }
    address = address.replace("sandbox:sandbox@", "")
    form = urlencode({name: value for name, value in given.items() if value}, quote_via=quote)
    where = {"data": form.encode(), "headers": {"Content-Type": "application/x-www-form-urlencoded"}}
    asked: dict[str, Any] = where if verb == "POST" else {}
    url = address if verb == "POST" else f"{address}?{form}"
    async with hand.session.request(verb, url, **asked) as response:
        return response.status, await response.text()


async def inbox(hand: Hand, **query: Any) -> Any:
    return (await hand.sim("sms", **query))["messages"]


@pytest.mark.parametrize("verb", ["GET", "POST"])
async def test_an_sms_arrives(hand: Hand, sandbox: Sandbox, verb: str) -> None:
    assert await submit(hand, sandbox, verb=verb, text="Wizyta jutro, 10:30 + 5%") == ACCEPTED
    (sms,) = await inbox(hand, number="0048 601 234 567")
    assert (sms["from"], sms["to"], sms["text"]) == ("Reception", ZOFIA, "Wizyta jutro, 10:30 + 5%")
    assert (sms["encoding"], sms["segments"]) == ("GSM-7", 1)
    assert (sms["unread"], sms["receipt"], sms["receipt_status"]) == (True, "none", None)


async def test_cyrillic_arrives_letter_for_letter(hand: Hand, sandbox: Sandbox) -> None:
    assert await submit(hand, sandbox, text="Приём завтра 😀", coding="2", charset="UTF-8") == ACCEPTED
    (sms,) = await inbox(hand)
    assert (sms["text"], sms["encoding"]) == ("Приём завтра 😀", "UCS-2")


async def test_sixteen_bits_need_no_charset(hand: Hand, sandbox: Sandbox) -> None:
    address = sandbox.sms_url.replace("sandbox:sandbox@", "").partition("?")[0]
    form = f"username=sandbox&password=sandbox&from=R&to={quote(ZOFIA)}&coding=2&text={quote('Ёж'.encode('utf-16-be'))}"
    async with hand.session.post(
        address, data=form.encode(), headers={"Content-Type": "application/x-www-form-urlencoded"}
    ) as response:
        assert response.status == 202
    assert (await inbox(hand))[0]["text"] == "Ёж"


async def test_letters_outside_the_alphabet_become_question_marks_in_seven_bits(hand: Hand, sandbox: Sandbox) -> None:
    await submit(hand, sandbox, text="Nicolò, zażółć €")
    assert (await inbox(hand))[0]["text"] == "Nicolò, za???? €"


@pytest.mark.parametrize(
    ("text", "coding", "segments"),
    [
        ("a" * 160, "0", 1),
        ("a" * 161, "0", 2),
        ("a" * 306, "0", 2),
        ("a" * 307, "0", 3),
        ("€" * 80, "0", 1),
        ("€" * 81, "0", 2),
        ("a" + "€" * 80, "0", 2),
        ("a" * 152 + "€" + "a" * 152, "0", 3),
        ("я" * 70, "2", 1),
        ("я" * 71, "2", 2),
        ("я" * 134, "2", 2),
        ("я" * 135, "2", 3),
        ("😀" * 35, "2", 1),
        ("я" * 66 + "😀" + "я" * 66, "2", 3),
    ],
)
async def test_segments_are_counted_as_the_network_bills(
    hand: Hand, sandbox: Sandbox, text: str, coding: str, segments: int
) -> None:
    await submit(hand, sandbox, verb="POST", text=text, coding=coding, charset="UTF-8")
    (sms,) = await inbox(hand)
    assert (sms["text"], sms["segments"]) == (text, segments)


@pytest.mark.parametrize(
    ("parameters", "status", "told"),
    [
        ({"password": "wrong"}, 403, "Authorization failed for sendsms"),
        ({"to": ""}, 400, "Missing receiver number, rejected"),
        ({"to": "Zofia"}, 400, "Garbage 'to' field, rejected."),
        ({"from": ""}, 400, "Sender missing and no global set, rejected"),
        ({"dlr-mask": "x"}, 400, "DLR-Mask field misformed, rejected"),
        ({"coding": "7"}, 400, "Coding field misformed, rejected"),
        ({"charset": "klingon"}, 400, "Charset or body misformed, rejected"),
        ({"text": ""}, 400, "Empty text not allowed, rejected"),
    ],
)
async def test_what_the_gateway_refuses(
    hand: Hand, sandbox: Sandbox, parameters: dict[str, str], status: int, told: str
) -> None:
    assert await submit(hand, sandbox, **{"text": "x", **parameters}) == (status, told)
    assert await inbox(hand) == []


async def test_a_persons_sms_and_nobodys(hand: Hand, sandbox: Sandbox) -> None:
    await hand.sim("people", {"people": [{"id": ANNA, "first_name": "Anna", "phone": "+48 601 234 567"}]})
    await submit(hand, sandbox, text="one")
    await submit(hand, sandbox, text="two", to="+393331234567")
    assert [sms["text"] for sms in await inbox(hand, person=ANNA)] == ["one"]
    assert [sms["text"] for sms in await inbox(hand, nobodys="true")] == ["two"]
    people = await hand.sim("people")
    assert people["nobodys"]["unread_sms"] == 1
    assert [person["unread_sms"] for person in people["people"]] == [1, 0]
    await hand.sim("sms/read", {"person": ANNA})
    assert [sms["unread"] for sms in await inbox(hand)] == [False, True]
    await hand.sim(f"people/{BORIS}/addresses", {"phone": "393331234567"})
    assert [sms["text"] for sms in await inbox(hand, person=BORIS)] == ["two"]
    dropped = await hand.ask(f"people/{BORIS}/addresses", {"phone": "+393331234567"}, verb="DELETE")
    assert dropped.json["person"]["phones"] == []
    await hand.ask("sms", verb="DELETE", nobodys="true")
    assert [sms["text"] for sms in await inbox(hand)] == ["one"]


class Desk:
    """Takes receipts, as a bot would."""

    def __init__(self) -> None:
        self.taken: list[dict[str, str]] = []
        self.came = Bell()
        self.url = ""

    async def take(self, request: web.Request) -> web.Response:
        self.taken.append(dict(request.query))
        self.came.ring()
        return web.Response(status=204)

    async def wait_for(self, number: int) -> None:
        assert await self.came.wait_until(lambda: len(self.taken) >= number, LONG / 3)


@pytest.fixture
async def desk() -> AsyncIterator[Desk]:
    desk = Desk()
    app = web.Application()
    app.router.add_get("/receipt/a key", desk.take)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    port = runner.addresses[0][1]
    desk.url = f"http://127.0.0.1:{port}/receipt/a%20key?what=%d&to=%p&from=%P&id=%F&100%%=x&other=%Q"
    yield desk
    await runner.cleanup()


async def settled(hand: Hand, sandbox: Sandbox) -> Any:
    """The only SMS, once its receipt has been taken or lost."""
    box = sandbox.world.post.messages
    (sms,) = box.where(lambda _: True)
    assert await box.changed.wait_until(lambda: sms.receipt_status is not None, LONG / 3)
    return (await inbox(hand))[0]


async def test_a_receipt_comes_where_it_was_asked(hand: Hand, sandbox: Sandbox, desk: Desk) -> None:
    await submit(hand, sandbox, text="x", **{"dlr-mask": "3", "dlr-url": desk.url})
    await desk.wait_for(1)
    assert desk.taken == [{"what": "1", "to": ZOFIA, "from": "Reception", "id": "1", "100%": "x", "other": "%Q"}]
    sms = await settled(hand, sandbox)
    assert (sms["receipt"], sms["receipt_status"]) == ("delivered", 204)


async def test_a_failed_receipt_says_two(hand: Hand, sandbox: Sandbox, desk: Desk) -> None:
    await hand.sim("sms/faults", {"kind": "failed_receipt"})
    await submit(hand, sandbox, text="x", **{"dlr-mask": "31", "dlr-url": desk.url})
    await desk.wait_for(2)
    assert [receipt["what"] for receipt in desk.taken] == ["8", "2"]
    assert (await settled(hand, sandbox))["receipt"] == "failed"


async def test_a_withheld_receipt_can_be_sent_by_hand(hand: Hand, sandbox: Sandbox, desk: Desk) -> None:
    await hand.sim("sms/faults", {"kind": "no_receipt"})
    assert await submit(hand, sandbox, text="x", **{"dlr-mask": "3", "dlr-url": desk.url}) == ACCEPTED
    assert (await inbox(hand))[0]["receipt"] == "awaited"
    assert desk.taken == []
    assert await hand.sim("sms/1/receipt", {"delivered": True}) == {"receipt_status": 204}
    assert [receipt["what"] for receipt in desk.taken] == ["1"]


async def test_a_receipt_that_nobody_takes_is_seen(hand: Hand, sandbox: Sandbox) -> None:
    await submit(hand, sandbox, text="x", **{"dlr-mask": "1", "dlr-url": "http://127.0.0.1:1/"})
    assert (await settled(hand, sandbox))["receipt_status"] == 0


async def test_a_receipt_that_nobody_wanted_is_not_sent(hand: Hand, sandbox: Sandbox) -> None:
    await submit(hand, sandbox, text="x")
    answer = await hand.ask("sms/1/receipt", {"delivered": True})
    assert (answer.status, answer.json) == (400, {"error": "Nobody asked for a receipt of that SMS."})


@pytest.mark.parametrize(
    ("kind", "status", "told"),
    [
        ("throttle", 503, "Temporal failure, try again later."),
        ("refuse", 403, "Not routable. Do not try again."),
    ],
)
async def test_a_refused_sms_is_not_kept(hand: Hand, sandbox: Sandbox, kind: str, status: int, told: str) -> None:
    await hand.sim("sms/faults", {"kind": kind, "number": "48601234567"})
    assert await submit(hand, sandbox, text="x", to="+393331234567") == ACCEPTED
    assert await submit(hand, sandbox, text="x") == (status, told)
    assert await submit(hand, sandbox, text="x") == ACCEPTED
    assert [sms["to"] for sms in await inbox(hand)] == ["+393331234567", ZOFIA]


@pytest.mark.parametrize(("kind", "kept"), [("lost_before", 0), ("lost_after", 1)])
async def test_a_lost_answer_hides_whether_it_was_taken(hand: Hand, sandbox: Sandbox, kind: str, kept: int) -> None:
    await hand.sim("sms/faults", {"kind": kind})
    with pytest.raises(aiohttp.ClientError):
        await submit(hand, sandbox, verb="POST", text="x")
    assert len(await inbox(hand)) == kept


async def test_a_slow_gateway_takes_it_in_the_end(hand: Hand, sandbox: Sandbox) -> None:
    await hand.sim("sms/faults", {"kind": "slow", "seconds": 0.2})
    before = asyncio.get_running_loop().time()
    assert await submit(hand, sandbox, text="x") == ACCEPTED
    assert asyncio.get_running_loop().time() - before >= 0.2
