"""What the wire itself refuses, through two independent clients."""

from typing import Any

import pytest

from sandbox.calls.flood import FloodRates
from sandbox.files import UPLOAD_BYTES
from tests.sandbox.hand import ANNA
from tests.sandbox.peers import AiogramPeer, Peer, PtbPeer, Refused
from tests.sandbox.row import Row, Scene, check, rows

TOO_LARGE = "request entity too large"
MEGABYTE = 2**20
STOLEN = "123456789:BBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBB"


@pytest.fixture(autouse=True)
def lengths_of_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """python-telegram-bot warns of its seconds until it is asked for something better."""
    monkeypatch.setenv("PTB_TIMEDELTA", "true")


async def say(scene: Scene) -> Any:
    return await scene.peer.call("send_message", chat_id=ANNA, text="x")


async def too_fast(scene: Scene) -> Any:
    scene.sandbox.world.flood.switch(on=True, rates=FloodRates(per_chat_second=0.1, burst=2))
    await say(scene)
    await say(scene)
    return await say(scene)


async def too_fast_in_all(scene: Scene) -> Any:
    scene.sandbox.world.flood.switch(on=True, rates=FloodRates(per_second=0.25))
    await say(scene)
    return await say(scene)


async def edited_too_fast(scene: Scene) -> Any:
    message = await say(scene)
    scene.sandbox.world.flood.switch(on=True, rates=FloodRates(per_chat_second=0.01, burst=1))
    await say(scene)
    return await scene.peer.call("edit_message_text", chat_id=ANNA, message_id=message.message_id, text="y")


async def call_with_a_wrong_secret(scene: Scene) -> Any:
    client = (AiogramPeer if isinstance(scene.peer, AiogramPeer) else PtbPeer)(scene.hand.url, STOLEN)
    try:
        return await client.call("get_me")
    finally:
        await client.close()


async def call_what_is_not_there(scene: Scene) -> Any:
    return await scene.peer.call_unknown("sendTelepathy")


async def upload_too_much(scene: Scene) -> Any:
    file = scene.peer.file(bytes(UPLOAD_BYTES + 1), "a.pdf")
    return await scene.peer.call("send_document", chat_id=ANNA, document=file)


def spoiled(**fault: Any) -> Any:
    async def act(scene: Scene) -> Any:
        await scene.hand.sim("faults", {"method": "sendMessage", "kind": "error", **fault})
        return await say(scene)

    return act


ROWS = (
    Row(401, "Unauthorized", call_with_a_wrong_secret),
    Row(404, "method not found", call_what_is_not_there),
    Row(413, "Request Entity Too Large", upload_too_much),
    Row(429, "retry after 10", too_fast),
    Row(429, "retry after 4", too_fast_in_all, "too fast in all"),
)
PLANNED = (
    Row(400, "bad request", spoiled(code=400), "a planned 400"),
    Row(403, "bot was blocked by the user", spoiled(code=403), "a planned 403"),
    Row(
        400, "chat not found", spoiled(code=400, description="Bad Request: chat not found"), "a planned chat not found"
    ),
    Row(
        409,
        "terminated by other getupdates request; make sure that only one bot instance is running",
        spoiled(code=409),
        "a planned 409",
    ),
)


@rows(*ROWS, *PLANNED)
async def test_row(scene: Scene, row: Row) -> None:
    await check(row, scene)


@pytest.mark.parametrize(("act", "seconds"), [(too_fast, 10), (too_fast_in_all, 4), (edited_too_fast, 100)])
async def test_too_many_messages_name_the_seconds(scene: Scene, act: Any, seconds: int) -> None:
    with pytest.raises(Refused) as caught:
        await act(scene)
    assert (caught.value.code, caught.value.retry_after) == (429, seconds)
    await scene.hand.sim("clock", {"advance": seconds})
    assert (await say(scene)).text == "x"


@pytest.mark.parametrize("megabytes", [51, 60])
async def test_a_file_beyond_the_limit_is_refused_and_the_next_one_is_not(scene: Scene, megabytes: int) -> None:
    await refuse_upload(scene.peer, megabytes)
    message = await scene.peer.call("send_document", chat_id=ANNA, document=scene.peer.file(b"%PDF", "a.pdf"))
    assert message.document.file_size == 4


async def refuse_upload(peer: Peer, megabytes: int) -> None:
    with pytest.raises(Refused) as caught:
        await peer.call("send_document", chat_id=ANNA, document=peer.file(bytes(megabytes * MEGABYTE), "a.pdf"))
    assert TOO_LARGE in caught.value.text


async def test_a_file_of_just_fifty_megabytes_arrives(scene: Scene) -> None:
    content = bytes(50 * MEGABYTE)
    message = await scene.peer.call("send_document", chat_id=ANNA, document=scene.peer.file(content, "a.pdf"))
    assert message.document.file_size == 50 * MEGABYTE
