"""How a bot hears: numbers, confirmation, the long poll and its rival."""

import asyncio
from itertools import pairwise
from typing import Any

import pytest

from sandbox.app import Sandbox
from tests.sandbox.hand import ANNA, BORIS, Hand
from tests.sandbox.peers import Peer, Refused

LONG = 30
DAY_SECONDS = 24 * 3600
BOT = 123456789


def ids(updates: list[dict[str, Any]]) -> list[int]:
    return [update["update_id"] for update in updates]


async def test_updates_stay_until_the_offset_confirms_them(bot: Hand) -> None:
    await bot.say("one")
    updates = await bot.updates()
    assert ids(await bot.updates()) == ids(updates)
    assert ids(await bot.updates(offset=updates[1]["update_id"])) == ids(updates)[1:]
    assert await bot.updates(offset=updates[-1]["update_id"] + 1) == []
    assert await bot.updates() == []


async def test_update_numbers_rise_one_by_one(bot: Hand) -> None:
    for text in "abc":
        await bot.say(text)
    numbers = ids(await bot.updates())
    assert all(later - earlier == 1 for earlier, later in pairwise(numbers))
    assert numbers[0] > 10**8


async def test_a_negative_offset_forgets_all_but_the_last(bot: Hand) -> None:
    for text in "abcd":
        await bot.say(text)
    kept = await bot.updates(offset=-2)
    assert [update["message"]["text"] for update in kept] == ["c", "d"]
    assert ids(await bot.updates()) == ids(kept)


@pytest.mark.parametrize(("limit", "count"), [(1, 1), (100, 100), (0, 100), (101, 100), (3, 3)])
async def test_the_limit_is_between_1_and_100(bot: Hand, limit: int, count: int) -> None:
    for number in range(101):
        await bot.say(str(number))
    assert len(await bot.updates(limit=limit)) == count


async def test_the_first_word_is_preceded_by_the_membership(bot: Hand) -> None:
    membership, start = await bot.updates()
    assert membership["my_chat_member"]["new_chat_member"]["status"] == "member"
    assert membership["my_chat_member"]["chat"]["id"] == ANNA
    assert start["message"]["text"] == "/start"
    assert start["message"]["entities"] == [{"offset": 0, "length": 6, "type": "bot_command"}]
    assert start["message"]["from"] == {
        "id": ANNA,
        "is_bot": False,
        "first_name": "Anna",
        "last_name": "Rossi",
        "username": "anna",
        "language_code": "it",
    }


async def test_blocking_and_unblocking_are_told_once(bot: Hand) -> None:
    last = (await bot.updates())[-1]["update_id"]
    for act in ("block", "block", "unblock", "unblock"):
        await bot.sim(act, {"person": ANNA})
    told = [update["my_chat_member"] for update in await bot.updates(offset=last + 1)]
    assert [change["new_chat_member"]["status"] for change in told] == ["kicked", "member"]
    assert [change["old_chat_member"]["status"] for change in told] == ["member", "kicked"]


async def test_allowed_updates_are_remembered(bot: Hand) -> None:
    await bot.updates(allowed_updates=["callback_query"])
    assert (await bot.say("unheard"))["update_id"] is None
    await bot.updates()
    assert (await bot.say("unheard"))["update_id"] is None
    await bot.updates(allowed_updates=[])
    assert (await bot.say("heard"))["update_id"] is not None
    await bot.updates(allowed_updates=["CALLBACK_QUERY"])
    assert (await bot.say("unheard"))["update_id"] is None


async def test_a_poll_that_is_held_open_returns_at_once_when_something_happens(bot: Hand) -> None:
    last = (await bot.updates())[-1]["update_id"]

    async def speak() -> None:
        assert (await bot.sim("bots", timeout=LONG))["bots"][0]["polling"] is True
        await bot.say("awake")

    async with asyncio.timeout(LONG / 3):
        heard, _ = await asyncio.gather(bot.updates(offset=last + 1, timeout=LONG), speak())
    assert [update["message"]["text"] for update in heard] == ["awake"]


async def test_a_bot_between_two_polls_survives_a_reset(bot: Hand) -> None:
    last = (await bot.updates())[-1]["update_id"]

    async def speak() -> None:
        await bot.sim("bots", timeout=LONG)
        await bot.say("awake")

    async with asyncio.timeout(LONG / 3):
        await asyncio.gather(bot.updates(offset=last + 1, timeout=LONG), speak())
    await bot.sim("reset", {})
    assert [row["id"] for row in (await bot.sim("bots"))["bots"]] == [BOT]


async def test_a_poll_without_news_ends_empty_in_time(bot: Hand) -> None:
    last = (await bot.updates())[-1]["update_id"]
    assert await bot.updates(offset=last + 1, timeout=1) == []


async def test_a_second_poller_ends_the_first(peer: Peer, hand: Hand) -> None:
    async def first() -> Refused:
        with pytest.raises(Refused) as caught:
            await peer.call("get_updates", timeout=LONG)
        return caught.value

    async def second() -> Any:
        await hand.sim("bots", timeout=LONG)
        return await hand.updates()

    async with asyncio.timeout(LONG / 3):
        ended, heard = await asyncio.gather(first(), second())
    assert (ended.code, len(heard)) == (409, 0)
    assert ended.text == "terminated by other getupdates request; make sure that only one bot instance is running"


async def test_both_clients_read_every_kind_of_update(peer: Peer, hand: Hand) -> None:
    await hand.start()
    await peer.call("send_message", chat_id=ANNA, text="x", reply_markup=peer.keyboard([[("A", "a")]]))
    await hand.sim("press", {"person": ANNA, "button": "A"})
    for kind in ("photo", "sticker", "voice", "contact"):
        await hand.sim("say", {"person": ANNA, "kind": kind})
    await hand.sim("block", {"person": ANNA})
    updates = await peer.call("get_updates")
    assert updates[0].my_chat_member.new_chat_member.status == "member"
    assert updates[1].message.from_user.language_code == "it"
    assert updates[2].callback_query.data == "a"
    assert updates[2].callback_query.message.text == "x"
    assert updates[3].message.photo[0].width == 800
    assert updates[4].message.sticker.emoji == "👍"
    assert updates[5].message.voice.mime_type == "audio/ogg"
    assert updates[6].message.contact.user_id == ANNA
    assert updates[7].my_chat_member.new_chat_member.status == "kicked"


async def test_a_bot_that_hangs_up_listens_no_more(bot: Hand) -> None:
    last = (await bot.updates())[-1]["update_id"]

    async def hang_up(poll: asyncio.Task[Any]) -> None:
        await bot.sim("bots", timeout=LONG)
        poll.cancel()

    async with asyncio.timeout(LONG / 3), asyncio.TaskGroup() as group:
        await hang_up(group.create_task(bot.updates(offset=last + 1, timeout=LONG)))
        while (await bot.sim("bots"))["bots"][0]["polling"]:
            """It takes the server a moment to notice."""


async def test_dropping_what_waits(bot: Hand) -> None:
    assert (await bot.result("getWebhookInfo"))["pending_update_count"] == 2
    assert await bot.result("deleteWebhook", drop_pending_updates=True) is True
    assert await bot.result("getWebhookInfo") == {
        "url": "",
        "has_custom_certificate": False,
        "pending_update_count": 0,
    }


async def test_what_nobody_asks_for_is_kept_for_a_day_of_the_sandboxs_clock(bot: Hand) -> None:
    await bot.sim("clock", {"advance": DAY_SECONDS - LONG})
    await bot.say("younger")
    assert (await bot.result("getWebhookInfo"))["pending_update_count"] == 3
    await bot.sim("clock", {"advance": 2 * LONG})
    assert [update["message"]["text"] for update in await bot.updates()] == ["younger"]


async def test_what_was_asked_for_is_written_down(bot: Hand, sandbox: Sandbox) -> None:
    membership, _ = await bot.updates()
    await bot.updates(offset=membership["update_id"] + 1)
    told = [(one.kind, one.lane, one.deliveries, one.confirmed) for one in sandbox.world.told.updates(bot=BOT)]
    assert told == [("my_chat_member", ANNA, 1, True), ("message", ANNA, 2, False)]
    first, second = sandbox.world.told.updates()
    assert list(sandbox.world.told.updates(after=first.seq)) == [second]
    assert first.as_json()["body"] == membership
    await bot.sim("reset", {})
    assert list(sandbox.world.told.updates()) == []


async def test_two_bots_hear_only_their_own(bot: Hand) -> None:
    other = "222222222:BBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBB"
    assert (await bot.bot("getMe", token=other)).json["result"]["username"] == "demo_222222222_bot"
    await bot.sim("say", {"person": BORIS, "text": "hm", "bot": 222222222})
    heard = (await bot.bot("getUpdates", token=other)).json["result"]
    assert [update["message"]["text"] for update in heard if "message" in update] == ["hm"]
    assert len(await bot.updates()) == 2


async def test_closing_the_sandbox_lets_a_poll_go(bot: Hand, sandbox: Sandbox) -> None:
    last = (await bot.updates())[-1]["update_id"]

    async def close() -> None:
        await bot.sim("bots", timeout=LONG)
        await sandbox.close()

    async with asyncio.timeout(LONG / 3):
        heard, _ = await asyncio.gather(bot.updates(offset=last + 1, timeout=LONG), close())
    assert heard == []
