"""The mailbox: what a real client sends is read as it was meant."""

import asyncio
from typing import Any

import aiohttp
import pytest

from sandbox.app import Sandbox
from tests.sandbox.hand import ANNA, BORIS, Hand
from tests.sandbox.mails import CALENDAR, ZOFIA, mail_to, send

HTML = '<p style="color: teal">Zapraszamy</p><script>alert(1)</script>'
LONG = 30


async def mails(hand: Hand, **query: Any) -> Any:
    return (await hand.sim("mail", **query))["mails"]


async def test_a_mail_is_kept_with_its_words_decoded(hand: Hand, sandbox: Sandbox) -> None:
    await send(sandbox, mail_to(ZOFIA, text="Zażółć\n" + "gęślą " * 40))
    (listed,) = await mails(hand, address=ZOFIA.upper())
    assert (listed["address"], listed["from"]) == (ZOFIA, "Diamed <desk@clinic.pl>")
    assert listed["subject"] == "Wizyta: środa, 16 grudnia"
    assert (listed["message_id"], listed["copies"], listed["unread"]) == ("<1@clinic.pl>", 0, True)
    assert (listed["has_text"], listed["has_html"], listed["attachments"]) == (True, False, [])
    assert listed["preview"].startswith("Zażółć gęślą")
    mail = await hand.sim(f"mail/{listed['id']}")
    assert mail["text"] == "Zażółć\n" + "gęślą " * 40 + "\n"


async def test_the_time_is_the_sandboxs(hand: Hand, sandbox: Sandbox) -> None:
    await hand.sim("clock", {"set": "2027-03-28T00:30:00+00:00"})
    await send(sandbox, mail_to(ZOFIA))
    (listed,) = await mails(hand)
    assert 0 <= listed["date"] - 1806193800 < LONG


async def test_every_recipient_has_a_copy(hand: Hand, sandbox: Sandbox) -> None:
    await send(sandbox, mail_to(ZOFIA), ZOFIA, "jan@example.pl")
    assert [mail["address"] for mail in await mails(hand)] == [ZOFIA, "jan@example.pl"]


async def test_the_same_mail_twice_is_seen_to_be_the_same(hand: Hand, sandbox: Sandbox) -> None:
    await send(sandbox, mail_to(ZOFIA))
    await send(sandbox, mail_to(ZOFIA))
    await send(sandbox, mail_to(ZOFIA, message_id="<2@clinic.pl>"))
    assert [mail["copies"] for mail in await mails(hand)] == [0, 1, 0]


async def test_html_is_served_under_lock(hand: Hand, sandbox: Sandbox) -> None:
    mail = mail_to(ZOFIA)
    mail.add_alternative(HTML, subtype="html")
    await send(sandbox, mail)
    (listed,) = await mails(hand)
    assert (listed["has_text"], listed["has_html"]) == (True, True)
    assert (await hand.sim(f"mail/{listed['id']}"))["html"] == HTML + "\n"
    async with hand.session.get(f"{hand.url}/sim/mail/{listed['id']}/html") as response:
        assert await response.text() == HTML + "\n"
        assert response.headers["Content-Type"] == "text/html; charset=utf-8"
        assert response.headers["Content-Security-Policy"] == (
            "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:"
        )


async def test_attachments_keep_their_bytes_name_and_type(hand: Hand, sandbox: Sandbox) -> None:
    mail = mail_to(ZOFIA)
    mail.add_attachment(CALENDAR, maintype="text", subtype="calendar", filename="wizyta środa.ics")
    mail.add_attachment(b"%PDF-1.7\0\xff", maintype="application", subtype="pdf", filename='a"b.pdf')
    await send(sandbox, mail)
    (listed,) = await mails(hand)
    assert listed["attachments"] == [
        {"index": 0, "name": "wizyta środa.ics", "type": "text/calendar", "size": len(CALENDAR)},
        {"index": 1, "name": 'a"b.pdf', "type": "application/pdf", "size": 10},
    ]
    async with hand.session.get(f"{hand.url}/sim/mail/{listed['id']}/attachments/0") as response:
        assert await response.read() == CALENDAR
        assert response.content_type == "text/calendar"
        assert response.content_disposition is not None
        assert response.content_disposition.filename == "wizyta środa.ics"
    async with hand.session.get(f"{hand.url}/sim/mail/{listed['id']}/attachments/1") as response:
        assert await response.read() == b"%PDF-1.7\0\xff"
    missing = await hand.ask(f"mail/{listed['id']}/attachments/2")
    assert (missing.status, missing.json) == (404, {"error": "That mail has no such attachment."})


async def test_a_calendar_beside_the_text_is_a_download_too(hand: Hand, sandbox: Sandbox) -> None:
    mail = mail_to(ZOFIA)
    mail.add_alternative(CALENDAR.decode(), subtype="calendar", params={"method": "REQUEST"})
    await send(sandbox, mail)
    (listed,) = await mails(hand)
    (part,) = listed["attachments"]
    assert (part["name"], part["type"]) == ("part-1.ics", "text/calendar")
    assert (await hand.sim(f"mail/{listed['id']}"))["text"] == "Dzień dobry\n"


async def test_the_source_is_the_mail_as_it_came(hand: Hand, sandbox: Sandbox) -> None:
    await send(sandbox, mail_to(ZOFIA))
    async with hand.session.get(f"{hand.url}/sim/mail/1/source") as response:
        assert b"Message-ID: <1@clinic.pl>" in await response.read()
        assert response.content_type == "message/rfc822"


async def test_a_charset_nobody_knows_is_shown_all_the_same(hand: Hand, sandbox: Sandbox) -> None:
    mail = mail_to(ZOFIA, text="hello")
    mail.replace_header("Content-Type", 'text/plain; charset="klingon"')
    await send(sandbox, mail)
    assert (await hand.sim("mail/1"))["text"] == "hello\n"


async def test_a_persons_mails_and_nobodys(hand: Hand, sandbox: Sandbox) -> None:
    await hand.sim("people", {"people": [{"id": ANNA, "first_name": "Anna", "email": "Anna@example.it"}]})
    await send(sandbox, mail_to("anna@EXAMPLE.it"))
    await send(sandbox, mail_to("typed@example.it"))
    assert [mail["address"] for mail in await mails(hand, person=ANNA)] == ["anna@EXAMPLE.it"]
    assert [mail["address"] for mail in await mails(hand, nobodys="true")] == ["typed@example.it"]
    people = await hand.sim("people")
    assert people["nobodys"] == {"unread_mails": 1, "unread_sms": 0}
    assert [person["unread_mails"] for person in people["people"]] == [1, 0]
    added = await hand.sim(f"people/{BORIS}/addresses", {"email": "typed@example.it"})
    assert (added["person"]["emails"], added["person"]["unread_mails"]) == (["typed@example.it"], 1)
    assert await mails(hand, nobodys="true") == []


async def test_reading_and_clearing(hand: Hand, sandbox: Sandbox) -> None:
    await hand.sim(f"people/{ANNA}/addresses", {"email": ZOFIA})
    for number in range(3):
        await send(sandbox, mail_to(ZOFIA, message_id=f"<{number}@clinic.pl>"))
    await hand.sim("mail/read", {"mail": 2})
    assert [mail["unread"] for mail in await mails(hand)] == [True, False, True]
    await hand.sim("mail/read", {"person": ANNA})
    assert [mail["unread"] for mail in await mails(hand)] == [False, False, False]
    await send(sandbox, mail_to("other@example.pl"))
    await hand.ask("mail", verb="DELETE", person=ANNA)
    assert [mail["address"] for mail in await mails(hand)] == ["other@example.pl"]
    await hand.ask("mail", verb="DELETE")
    assert await mails(hand) == []


async def test_waiting_for_the_next_mail(hand: Hand, sandbox: Sandbox) -> None:
    await send(sandbox, mail_to(ZOFIA))
    waiting = mails(hand, address="jan@example.pl", after=1, timeout=LONG)
    async with asyncio.timeout(LONG / 3):
        found, _ = await asyncio.gather(waiting, send(sandbox, mail_to("jan@example.pl")))
    assert [mail["id"] for mail in found] == [2]


async def test_the_page_is_told(hand: Hand, sandbox: Sandbox) -> None:
    await hand.sim(f"people/{ANNA}/addresses", {"email": ZOFIA})
    async with hand.session.get(f"{hand.url}/sim/events") as stream, asyncio.timeout(LONG / 3):
        await stream.content.readline()
        await send(sandbox, mail_to(ZOFIA))
        heard = [await line_of_data(stream), await line_of_data(stream)]
    assert heard == [f'data: {{"kind":"mail","person":{ANNA}}}\n', 'data: {"kind":"people"}\n']


async def line_of_data(stream: aiohttp.ClientResponse) -> str:
    async for line in stream.content:
        if line.startswith(b"data"):
            return line.decode()
    raise EOFError


@pytest.mark.parametrize(
    ("path", "body", "status", "told"),
    [
        ("mail/7", None, 404, "There is no mail 7."),
        ("mail/read", {}, 400, "Say what has been read."),
        ("mail/faults", {"kind": "x"}, 400, "kind must be one of"),
        ("mail/faults", {"kind": "slow", "times": 0}, 400, "times must be 1 or more."),
        ("mail/faults", {"kind": "slow", "skip": -1}, 400, "skip must be 0 or more."),
        (f"people/{ANNA}/addresses", {}, 400, "Name an email or a phone."),
        (f"people/{ANNA}/addresses", {"email": "anna"}, 400, "An email has an @ in it."),
        (f"people/{ANNA}/addresses", {"phone": "none"}, 400, "A phone has digits in it."),
        ("people/5/addresses", {"email": ZOFIA}, 404, "Nobody has the number 5."),
    ],
)
async def test_what_cannot_be_asked(hand: Hand, path: str, body: Any, status: int, told: str) -> None:
    answer = await hand.ask(path, body)
    assert answer.status == status
    assert answer.json["error"].startswith(told)


async def test_reset_empties_the_boxes(hand: Hand, sandbox: Sandbox) -> None:
    await send(sandbox, mail_to(ZOFIA))
    await hand.sim("mail/faults", {"kind": "slow"})
    await hand.sim("reset", {})
    assert await mails(hand) == []
    assert (await hand.sim("mail/faults"))["faults"] == []
