"""What goes wrong with a mail, as a real client meets it."""

import asyncio
from typing import Any
from urllib.parse import urlsplit

import aiosmtplib
import pytest

from sandbox.app import Sandbox, serve
from tests.sandbox.hand import Hand
from tests.sandbox.mails import ZOFIA, mail_to, send

LONG = 30


async def kept(hand: Hand) -> int:
    return len((await hand.sim("mail"))["mails"])


@pytest.mark.parametrize(
    ("kind", "raised", "code"),
    [
        ("rcpt_451", aiosmtplib.SMTPRecipientsRefused, 451),
        ("rcpt_550", aiosmtplib.SMTPRecipientsRefused, 550),
        ("data_451", aiosmtplib.SMTPDataError, 451),
        ("data_554", aiosmtplib.SMTPDataError, 554),
    ],
)
async def test_a_refusal_keeps_nothing_and_is_used_up(
    hand: Hand, sandbox: Sandbox, kind: str, raised: type[Exception], code: int
) -> None:
    await hand.sim("mail/faults", {"kind": kind})
    with pytest.raises(raised) as refusal:
        await send(sandbox, mail_to(ZOFIA))
    heard: Any = refusal.value
    assert (heard.recipients[0] if kind.startswith("rcpt") else heard).code == code
    assert await kept(hand) == 0
    await send(sandbox, mail_to(ZOFIA))
    assert await kept(hand) == 1


@pytest.mark.parametrize(("kind", "mails"), [("lost_before", 0), ("lost_after", 1)])
async def test_a_lost_line_looks_the_same_whether_the_mail_was_taken_or_not(
    hand: Hand, sandbox: Sandbox, kind: str, mails: int
) -> None:
    await hand.sim("mail/faults", {"kind": kind})
    with pytest.raises(aiosmtplib.SMTPServerDisconnected):
        await send(sandbox, mail_to(ZOFIA))
    assert await kept(hand) == mails
    await send(sandbox, mail_to(ZOFIA))
    assert await kept(hand) == mails + 1


async def test_a_slow_server_takes_the_mail_in_the_end(hand: Hand, sandbox: Sandbox) -> None:
    await hand.sim("mail/faults", {"kind": "slow", "seconds": 0.2})
    before = asyncio.get_running_loop().time()
    await send(sandbox, mail_to(ZOFIA))
    assert asyncio.get_running_loop().time() - before >= 0.2
    assert await kept(hand) == 1


async def test_only_the_named_address_is_spoiled_as_often_as_planned(hand: Hand, sandbox: Sandbox) -> None:
    await hand.sim("mail/faults", {"kind": "rcpt_550", "address": ZOFIA.title(), "times": 2, "skip": 1})
    await send(sandbox, mail_to("jan@example.pl"))
    await send(sandbox, mail_to(ZOFIA))
    for _ in range(2):
        with pytest.raises(aiosmtplib.SMTPRecipientsRefused):
            await send(sandbox, mail_to(ZOFIA))
    assert (await hand.sim("mail/faults"))["faults"] == []
    await hand.sim("mail/faults", {"kind": "rcpt_550"})
    await hand.ask("mail/faults", verb="DELETE")
    await send(sandbox, mail_to(ZOFIA))
    assert await kept(hand) == 3


async def test_one_recipient_of_two_may_be_refused(hand: Hand, sandbox: Sandbox) -> None:
    await hand.sim("mail/faults", {"kind": "rcpt_550", "address": ZOFIA})
    await send(sandbox, mail_to(ZOFIA), ZOFIA, "jan@example.pl")
    assert [mail["address"] for mail in (await hand.sim("mail"))["mails"]] == ["jan@example.pl"]


async def test_closing_does_not_wait_for_those_who_keep_a_line_open() -> None:
    sandbox = await serve()
    place = urlsplit(sandbox.smtp_url)
    client = aiosmtplib.SMTP(hostname=place.hostname, port=place.port)
    await client.connect()
    async with asyncio.timeout(LONG / 3):
        await sandbox.close()
    with pytest.raises(aiosmtplib.SMTPException):
        await client.noop()
    client.close()
