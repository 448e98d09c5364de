"""The webhook, down to the bytes: callers who hang up, dawdle, or say everything at once."""

import asyncio
import gzip
import json
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack

import pytest

from bot.intake.webhook import MOST_BYTES, webhook_routes
from bot.logs import set_up_logs
from bot.pulse import Pulse
from bot.web import open_web
from tests.bot.intake.caller import BODY, KNOWN, SECRET, UPDATE, WEBHOOK, Inbox, asks, head, line_to, post

MANY = 200
CHUNKED = head(KNOWN, b"Transfer-Encoding: chunked")
HALF = head(KNOWN, b"Content-Length: %d" % len(BODY)) + BODY[:20]


@pytest.fixture
def inbox() -> Inbox:
    return Inbox()


@pytest.fixture
async def address(inbox: Inbox) -> AsyncIterator[str]:
    async with open_web("127.0.0.1:0", webhook_routes(WEBHOOK, inbox.let_in, Pulse(polls=False))) as opened:
        yield opened


@pytest.fixture
async def hasty(inbox: Inbox) -> AsyncIterator[str]:
    """A webhook that has no patience at all with whoever does not say everything at once."""
    async with open_web(
        "127.0.0.1:0", webhook_routes(WEBHOOK, inbox.let_in, Pulse(polls=False), patience=0.01)
    ) as opened:
        yield opened


def chunk(part: bytes) -> bytes:
    return b"%x\r\n%s\r\n" % (len(part), part)


async def test_many_call_at_once_and_each_is_heard(address: str, inbox: Inbox) -> None:
    updates = [{"update_id": number} for number in range(MANY)]
    answers = await asyncio.gather(*(asks(address, post(json.dumps(update).encode())) for update in updates))
    assert answers == [(200, b"")] * MANY
    assert sorted(update["update_id"] for update in inbox.kept) == list(range(MANY))


async def test_requests_in_one_breath_are_answered_in_order(address: str, inbox: Inbox) -> None:
    async with line_to(address) as line:
        await line.says(post(), post(b"no update"), post(BODY, b"X-Other: 1"), post())
        assert [(await line.hears())[0] for _ in range(4)] == [200, 400, 403, 200]
    assert inbox.kept == [UPDATE, UPDATE]


async def test_a_line_goes_on_after_a_refusal(address: str, inbox: Inbox) -> None:
    async with line_to(address) as line:
        for body, status in ((b"null", 400), (BODY, 200)):
            await line.says(post(body))
            assert await line.hears() == (status, b"")


async def test_a_body_in_chunks_is_put_together(address: str, inbox: Inbox) -> None:
    async with line_to(address) as line:
        await line.says(CHUNKED, *(chunk(BODY[place : place + 7]) for place in range(0, len(BODY), 7)), chunk(b""))
        assert await line.hears() == (200, b"")
    assert inbox.kept == [UPDATE]


async def test_chunks_without_an_end_are_not_read_to_the_end(address: str, inbox: Inbox) -> None:
    async with line_to(address) as line:
        await line.says(CHUNKED, *[chunk(b" " * 65536)] * (MOST_BYTES // 65536 + 1))
        assert await line.hears() == (413, b"")
    assert inbox.kept == []


async def test_little_that_unfolds_to_much_is_not_unfolded(address: str, inbox: Inbox) -> None:
    bomb = gzip.compress(b" " * MOST_BYTES * 20)
    assert await asks(address, post(bomb, KNOWN, b"Content-Encoding: gzip")) == (413, b"")
    assert await asks(address, post(gzip.compress(BODY), KNOWN, b"Content-Encoding: gzip")) == (200, b"")
    assert inbox.kept == [UPDATE]


@pytest.mark.parametrize(
    "request_",
    [post(BODY, KNOWN, b"Content-Encoding: gzip"), CHUNKED + b"no length\r\n", CHUNKED + b"-1\r\n"],
    ids=["no gzip", "no length", "a length below zero"],
)
async def test_a_broken_body_is_refused(address: str, inbox: Inbox, request_: bytes) -> None:
    assert (await asks(address, request_))[0] == 400
    assert inbox.kept == []


async def test_who_hangs_up_in_the_middle_has_said_nothing(
    address: str, inbox: Inbox, capfd: pytest.CaptureFixture[str]
) -> None:
    set_up_logs("DEBUG")
    for begun in (HALF, HALF[:30], CHUNKED + chunk(BODY[:20]), b""):
        async with line_to(address) as line:
            await line.says(begun)
    assert await asks(address, post()) == (200, b"")
    assert inbox.kept == [UPDATE]
    said = capfd.readouterr().err
    assert ("Tulip" in said, SECRET in said) == (False, False), said


async def test_who_hangs_up_before_the_answer_has_been_heard(address: str, inbox: Inbox) -> None:
    async with line_to(address) as line:
        with inbox.held():
            await line.says(post())
            await inbox.asked.wait()
            await line.hangs_up()
        assert await asks(address, post()) == (200, b"")
        assert inbox.kept == [UPDATE, UPDATE]


async def test_who_dawdles_is_not_heard_out(hasty: str, inbox: Inbox, caplog: pytest.LogCaptureFixture) -> None:
    async with line_to(hasty) as line:
        await line.says(HALF)
        assert await line.hears() == (408, b"")
    assert (inbox.kept, caplog.records) == ([], [])


async def test_many_who_dawdle_keep_nobody_waiting(address: str, inbox: Inbox) -> None:
    async with AsyncExitStack() as stack:
        lines = [await stack.enter_async_context(line_to(address)) for _ in range(MANY)]
        for line in lines:
            await line.says(HALF)
        assert await asks(address, post()) == (200, b"")
        for line in lines:
            await line.says(BODY[20:])
        assert [await line.hears() for line in lines] == [(200, b"")] * MANY
