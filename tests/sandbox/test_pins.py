"""What stands at the top of a chat, and what people and bots think of a message."""

from typing import Any

import pytest

from tests.sandbox.answers import validated
from tests.sandbox.groups import (
    SECOND,
    SECOND_TOKEN,
    become,
    forget,
    found,
    found_forum,
    heard,
    last,
    number_of,
    open_topic,
    say,
    seen,
)
from tests.sandbox.hand import ANNA, BORIS, Hand

HEART = [{"type": "emoji", "emoji": "❤"}]
ASKED = ["message", "message_reaction"]


async def test_a_pin_is_a_message_that_its_bot_hears_too(bot: Hand) -> None:
    group = await found(bot)
    said = await say(bot, group, "Closed on Monday")
    await forget(bot)
    assert await bot.result("pinChatMessage", chat_id=group, message_id=said["message_id"]) is True
    (update,) = await heard(bot)
    assert update["message"]["from"]["id"] == number_of(bot)
    assert update["message"]["pinned_message"]["text"] == "Closed on Monday"
    chat = await seen(bot, group)
    assert chat["pins"] == [said["message_id"]]
    assert (chat["messages"][-1]["kind"], chat["messages"][-2]["pinned"]) == ("pinned_message", True)
    validated("getUpdates", (await bot.bot("getUpdates")).json)


async def test_the_newest_pin_is_the_one_that_the_chat_shows(bot: Hand) -> None:
    group = await found(bot)
    older, newer = await say(bot, group, "older"), await say(bot, group, "newer")
    for said in (newer, older):
        await bot.result("pinChatMessage", chat_id=group, message_id=said["message_id"])
    assert (await bot.result("getChat", chat_id=group))["pinned_message"]["text"] == "newer"
    assert (await seen(bot, group))["pins"] == [older["message_id"], newer["message_id"]]
    assert await bot.result("unpinChatMessage", chat_id=group) is True
    assert (await bot.result("getChat", chat_id=group))["pinned_message"]["text"] == "older"
    assert await bot.result("unpinChatMessage", chat_id=group, message_id=older["message_id"]) is True
    assert "pinned_message" not in await bot.result("getChat", chat_id=group)


async def test_in_a_private_chat_either_side_pins(bot: Hand) -> None:
    said = await bot.say("my address")
    await forget(bot)
    await bot.result("pinChatMessage", chat_id=ANNA, message_id=said["message_id"])
    await bot.sim("pin", {"person": ANNA, "message_id": said["message_id"], "pinned": False})
    await bot.sim("pin", {"person": ANNA, "message_id": said["message_id"], "pinned": True})
    senders = [update["message"]["from"]["id"] for update in await heard(bot)]
    assert senders == [number_of(bot), ANNA]
    assert (await bot.result("getChat", chat_id=ANNA))["pinned_message"]["text"] == "my address"


async def test_a_deleted_message_is_pinned_no_longer(bot: Hand) -> None:
    group = await found(bot)
    said = await say(bot, group, "x")
    await bot.result("pinChatMessage", chat_id=group, message_id=said["message_id"])
    await bot.result("deleteMessage", chat_id=group, message_id=said["message_id"])
    assert "pinned_message" not in await bot.result("getChat", chat_id=group)


async def test_everything_is_unpinned_at_once_or_topic_by_topic(bot: Hand) -> None:
    group = await found_forum(bot)
    threads = [0, await open_topic(bot, group, "One"), await open_topic(bot, group, "Two")]
    pins = [(await say(bot, group, "x", thread=thread))["message_id"] for thread in threads]
    for pin in pins:
        await bot.result("pinChatMessage", chat_id=group, message_id=pin)
    at = {"chat_id": group}
    assert await bot.result("unpinAllForumTopicMessages", **at, message_thread_id=threads[1]) is True
    assert (await seen(bot, group))["pins"] == [pins[0], pins[2]]
    assert await bot.result("unpinAllGeneralForumTopicMessages", **at) is True
    assert (await seen(bot, group))["pins"] == [pins[2]]
    assert await bot.result("unpinAllChatMessages", **at) is True
    assert (await seen(bot, group))["pins"] == []


async def test_a_pin_in_a_topic_is_told_in_that_topic(bot: Hand) -> None:
    group = await found_forum(bot)
    thread = await open_topic(bot, group)
    said = await say(bot, group, "x", thread=thread)
    await bot.sim("pin", {"person": ANNA, "chat": group, "message_id": said["message_id"], "pinned": True})
    note = await last(bot, group)
    assert (note["kind"], note["thread"]) == ("pinned_message", thread)


@pytest.mark.parametrize(
    ("call", "body", "told"),
    [
        ("pin", {"pinned": True}, "Борис has no right to pin messages in Front desk."),
        ("pin", {"pinned": 1}, "pinned must be true or false."),
        ("react", {"emoji": "🧦"}, "🧦 is no reaction of Telegram's."),
        ("delete", {"message_id": 99}, "There is no message 99 in this chat."),
    ],
)
async def test_what_people_cannot_do_to_a_message(bot: Hand, call: str, body: dict[str, Any], told: str) -> None:
    group = await found(bot)
    said = await bot.result("sendMessage", chat_id=group, text="x")
    answer = await bot.ask(call, {"person": BORIS, "chat": group, "message_id": said["message_id"], **body})
    assert (answer.status in (400, 404), answer.json) == (True, {"error": told})


@pytest.mark.parametrize("call", ["pin", "react"])
async def test_notes_of_the_group_are_neither_pinned_nor_liked(bot: Hand, call: str) -> None:
    group = await found(bot)
    body = {"person": ANNA, "chat": group, "message_id": 2, "pinned": True, "emoji": "👍"}
    assert (await bot.ask(call, body)).status == 400


async def react(hand: Hand, group: int, message_id: int, emoji: str, person: int = BORIS) -> None:
    await hand.sim("react", {"person": person, "chat": group, "message_id": message_id, "emoji": emoji})


async def test_reactions_of_people_are_told_to_bots_in_charge_that_asked(bot: Hand) -> None:
    await bot.result("getMe", token=SECOND_TOKEN)
    group = await found(bot)
    await become(bot, group, SECOND, "member")
    said = await bot.result("sendMessage", chat_id=group, text="Thanks")
    await forget(bot, allowed_updates=ASKED)
    await forget(bot, SECOND_TOKEN, allowed_updates=ASKED)
    for emoji in ("👍", "👍", "❤️", ""):
        await react(bot, group, said["message_id"], emoji)
    changes = [update["message_reaction"] for update in await heard(bot)]
    assert [[one["emoji"] for one in change["new_reaction"]] for change in changes] == [["👍"], ["❤"], []]
    assert [[one["emoji"] for one in change["old_reaction"]] for change in changes] == [[], ["👍"], ["❤"]]
    assert {(change["user"]["id"], change["message_id"]) for change in changes} == {(BORIS, said["message_id"])}
    assert await heard(bot, SECOND_TOKEN) == []
    validated("getUpdates", (await bot.bot("getUpdates")).json)


async def test_reactions_are_not_told_to_a_bot_that_did_not_ask(bot: Hand) -> None:
    group = await found(bot)
    said = await bot.result("sendMessage", chat_id=group, text="Thanks")
    await forget(bot)
    await react(bot, group, said["message_id"], "👍")
    assert await heard(bot) == []


async def test_in_a_private_chat_the_bot_is_told_of_reactions(bot: Hand) -> None:
    said = await bot.result("sendMessage", chat_id=ANNA, text="Thanks")
    await forget(bot, allowed_updates=ASKED)
    await bot.sim("react", {"person": ANNA, "message_id": said["message_id"], "emoji": "🎉"})
    (update,) = await heard(bot)
    assert update["message_reaction"]["chat"]["id"] == ANNA


async def test_a_bots_reaction_is_shown_and_told_to_nobody(bot: Hand) -> None:
    group = await found(bot)
    said = await say(bot, group, "Thanks")
    await forget(bot, allowed_updates=ASKED)
    at = {"chat_id": group, "message_id": said["message_id"]}
    assert await bot.result("setMessageReaction", **at, reaction=HEART) is True
    assert (await last(bot, group))["reactions"] == [{"user": number_of(bot), "reactions": HEART}]
    assert await bot.result("setMessageReaction", **at) is True
    assert (await last(bot, group))["reactions"] == []
    assert await heard(bot) == []
