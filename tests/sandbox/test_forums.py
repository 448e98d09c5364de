"""The topics of a forum: opened, renamed, closed, hidden and deleted, by bots and by people."""

from typing import Any

import pytest

from tests.sandbox.answers import validated
from tests.sandbox.groups import become, forget, found, found_forum, heard, last, number_of, open_topic, say, seen
from tests.sandbox.hand import ANNA, BORIS, Hand

VIOLET = 0xCB86DB


async def topics(hand: Hand, group: int) -> dict[int, Any]:
    return {topic["thread"]: topic for topic in (await seen(hand, group))["topics"]}


async def services(hand: Hand) -> list[dict[str, Any]]:
    return [update["message"] for update in await heard(hand)]


async def test_a_topic_is_known_by_the_message_that_opened_it(bot: Hand) -> None:
    group = await found_forum(bot)
    await forget(bot)
    topic = await bot.result("createForumTopic", chat_id=group, name="  Anna   Rossi ", icon_color=VIOLET)
    assert (topic["name"], topic["icon_color"]) == ("Anna Rossi", VIOLET)
    thread = topic["message_thread_id"]
    assert (await topics(bot, group))[thread]["name"] == "Anna Rossi"
    (opened,) = await services(bot)
    assert (opened["message_id"], opened["message_thread_id"], opened["is_topic_message"]) == (thread, thread, True)
    assert opened["forum_topic_created"] == {"name": "Anna Rossi", "icon_color": VIOLET}
    assert "reply_to_message" not in opened
    assert (await last(bot, group))["kind"] == "forum_topic_created"


async def test_a_long_name_is_cut(bot: Hand) -> None:
    group = await found_forum(bot)
    topic = await bot.result("createForumTopic", chat_id=group, name="n" * 200)
    assert topic["name"] == "n" * 128


async def test_what_is_said_in_a_topic_answers_the_message_that_opened_it(bot: Hand) -> None:
    group = await found_forum(bot)
    thread = await open_topic(bot, group)
    own = await bot.result("sendMessage", chat_id=group, message_thread_id=thread, text="Hello")
    await forget(bot)
    await say(bot, group, "Good morning", thread=thread)
    await say(bot, group, "to you", thread=thread, reply_to=own["message_id"])
    plain, reply = await services(bot)
    assert own["message_thread_id"] == plain["message_thread_id"] == thread
    assert own["reply_to_message"]["forum_topic_created"]["name"] == "Ward"
    assert plain["reply_to_message"]["message_id"] == thread
    assert reply["reply_to_message"]["message_id"] == own["message_id"]
    assert "reply_to_message" not in reply["reply_to_message"]


async def test_the_general_topic_has_no_number_in_messages(bot: Hand) -> None:
    group = await found_forum(bot)
    said = await bot.result("sendMessage", chat_id=group, text="To everybody")
    assert not {"message_thread_id", "is_topic_message", "reply_to_message"} & said.keys()


async def test_a_topic_is_renamed_closed_and_reopened(bot: Hand) -> None:
    group = await found_forum(bot)
    thread = await open_topic(bot, group)
    await forget(bot)
    at = {"chat_id": group, "message_thread_id": thread}
    assert await bot.result("editForumTopic", **at, name="Surgery") is True
    assert await bot.result("editForumTopic", **at) is True
    assert await bot.result("editForumTopic", **at, name="Surgery", icon_custom_emoji_id="5") is True
    assert await bot.result("closeForumTopic", **at) is True
    assert (await topics(bot, group))[thread]["closed"] is True
    assert await bot.result("reopenForumTopic", **at) is True
    validated("getUpdates", (await bot.bot("getUpdates")).json)
    named, iconed, closed, reopened = await services(bot)
    assert named["forum_topic_edited"] == {"name": "Surgery"}
    assert iconed["forum_topic_edited"] == {"icon_custom_emoji_id": "5"}
    assert closed["forum_topic_closed"] == reopened["forum_topic_reopened"] == {}
    for message in (named, iconed, closed, reopened):
        assert message["message_thread_id"] == message["reply_to_message"]["message_id"] == thread
    topic = (await topics(bot, group))[thread]
    assert (topic["name"], topic["closed"]) == ("Surgery", False)


async def test_the_general_topic_is_renamed_closed_hidden_and_back(bot: Hand) -> None:
    group = await found_forum(bot)
    await forget(bot)
    at = {"chat_id": group}
    assert await bot.result("editGeneralForumTopic", **at, name="Lobby") is True
    assert await bot.result("closeGeneralForumTopic", **at) is True
    assert await bot.result("reopenGeneralForumTopic", **at) is True
    assert await bot.result("hideGeneralForumTopic", **at) is True
    hidden = (await topics(bot, group))[1]
    assert (hidden["name"], hidden["closed"], hidden["hidden"]) == ("Lobby", True, True)
    assert await bot.result("unhideGeneralForumTopic", **at) is True
    unhidden = (await topics(bot, group))[1]
    assert (unhidden["closed"], unhidden["hidden"]) == (True, False)
    notes = await services(bot)
    assert [kind for note in notes for kind in note if kind.startswith(("forum_", "general_"))] == [
        "forum_topic_edited",
        "forum_topic_closed",
        "forum_topic_reopened",
        "general_forum_topic_hidden",
        "general_forum_topic_unhidden",
    ]
    assert not any("message_thread_id" in note for note in notes)


async def test_reopening_the_hidden_general_topic_shows_it_again(bot: Hand) -> None:
    group = await found_forum(bot)
    await bot.result("hideGeneralForumTopic", chat_id=group)
    await bot.result("reopenGeneralForumTopic", chat_id=group)
    general = (await topics(bot, group))[1]
    assert (general["closed"], general["hidden"]) == (False, False)


async def test_a_deleted_topic_takes_its_messages_pins_and_unread_with_it(bot: Hand) -> None:
    group = await found_forum(bot)
    thread = await open_topic(bot, group)
    said = await say(bot, group, "Good morning", thread=thread)
    kept = await say(bot, group, "in general")
    await bot.result("pinChatMessage", chat_id=group, message_id=said["message_id"])
    await forget(bot)
    assert await bot.result("deleteForumTopic", chat_id=group, message_thread_id=thread) is True
    chat = await seen(bot, group)
    assert thread not in await topics(bot, group)
    assert [message["message_id"] for message in chat["messages"] if message["kind"] == "text"] == [kept["message_id"]]
    assert chat["pins"] == []
    listed = (await bot.sim("chats", person=ANNA))["chats"][-1]
    assert listed["unread_in"] == {"0": 1}
    assert await heard(bot) == []
    told = await bot.refusal("sendMessage", chat_id=group, message_thread_id=thread, text="x")
    assert told == "Bad Request: message thread not found"


async def test_unread_is_counted_by_topic(bot: Hand) -> None:
    group = await found_forum(bot)
    first, second = await open_topic(bot, group, "One"), await open_topic(bot, group, "Two")
    await say(bot, group, "a", thread=first)
    await say(bot, group, "b", thread=first)
    await say(bot, group, "c", thread=second)
    await bot.sim("read", {"person": ANNA, "chat": group, "thread": first})
    listed = (await bot.sim("chats", person=ANNA))["chats"][-1]
    assert (listed["unread"], listed["unread_in"]) == (1, {str(second): 1})
    assert listed["last_in"][str(first)]["text"] == "b"


async def test_a_bot_without_the_right_changes_only_the_topics_it_opened(bot: Hand) -> None:
    group = await found_forum(bot)
    own = (await bot.result("createForumTopic", chat_id=group, name="Own"))["message_thread_id"]
    theirs = await open_topic(bot, group)
    await become(bot, group, number_of(bot), "administrator", rights={"can_manage_topics": False})
    await bot.result("editForumTopic", chat_id=group, message_thread_id=own, name="Mine")
    await bot.result("closeForumTopic", chat_id=group, message_thread_id=own)
    await bot.result("sendMessage", chat_id=group, message_thread_id=own, text="still mine")
    told = await bot.refusal("editForumTopic", chat_id=group, message_thread_id=theirs, name="Mine")
    assert told == "Bad Request: not enough rights to edit the topic"


async def test_what_a_bot_does_is_shown_in_the_topic_it_names(bot: Hand) -> None:
    group = await found_forum(bot)
    thread = await open_topic(bot, group)
    assert await bot.result("sendChatAction", chat_id=group, message_thread_id=thread, action="typing") is True
    assert (await seen(bot, group, thread=thread))["typing"] is True
    assert (await seen(bot, group, thread=0))["typing"] is False
    assert await bot.result("sendChatAction", chat_id=group, message_thread_id=1, action="typing") is True
    assert (await seen(bot, group, thread=0))["typing"] is True


async def test_people_open_change_and_delete_topics(bot: Hand) -> None:
    group = await found_forum(bot)
    thread = await open_topic(bot, group)
    path = f"groups/{group}/topics"
    await forget(bot)
    await bot.sim(f"{path}/{thread}", {"person": ANNA, "name": "Surgery", "closed": True})
    await bot.sim(f"{path}/{thread}", {"person": ANNA, "name": "Surgery", "closed": True})
    await bot.sim(f"{path}/1", {"person": ANNA, "hidden": True})
    shown = await topics(bot, group)
    assert (shown[thread]["name"], shown[thread]["closed"], shown[1]["hidden"]) == ("Surgery", True, True)
    assert len(await heard(bot)) == 3
    removed = await bot.ask(f"{path}/{thread}", {"person": ANNA}, verb="DELETE")
    assert removed.status == 200
    assert list(await topics(bot, group)) == [1]


@pytest.mark.parametrize(
    ("person", "path", "body", "told"),
    [
        (BORIS, "", {"name": "x"}, "Борис has no right to manage the topics of Front desk."),
        (ANNA, "", {"name": " "}, "A topic needs a name of 1 to 128 characters."),
        (ANNA, "", {"name": "x", "icon_color": 5}, "icon_color must be one of Telegram's six."),
        (ANNA, "/77", {"name": "x"}, "There is no topic 77 in this group."),
        (ANNA, "/1", {"closed": "yes"}, "closed must be true or false."),
    ],
)
async def test_what_people_cannot_do_to_topics(
    bot: Hand, person: int, path: str, body: dict[str, Any], told: str
) -> None:
    group = await found_forum(bot)
    answer = await bot.ask(f"groups/{group}/topics{path}", {"person": person, **body})
    assert (answer.status in (400, 404), answer.json) == (True, {"error": told})


async def test_a_plain_group_has_no_topics(bot: Hand) -> None:
    group = await found(bot)
    answer = await bot.ask(f"groups/{group}/topics", {"person": ANNA, "name": "x"})
    assert answer.json == {"error": "Front desk has no topics."}


async def test_a_closed_topic_is_only_for_those_in_charge(bot: Hand) -> None:
    group = await found_forum(bot)
    thread = await open_topic(bot, group)
    await bot.result("closeForumTopic", chat_id=group, message_thread_id=thread)
    refused = await bot.ask("say", {"person": BORIS, "chat": group, "thread": thread, "text": "x"})
    assert refused.json == {"error": "The topic Ward is closed."}
    await say(bot, group, "x", ANNA, thread=thread)
    await bot.result("sendMessage", chat_id=group, message_thread_id=thread, text="x")


async def test_the_message_that_opened_a_topic_is_not_deleted_alone(bot: Hand) -> None:
    group = await found_forum(bot)
    thread = await open_topic(bot, group)
    assert await bot.refusal("deleteMessage", chat_id=group, message_id=thread) == (
        "Bad Request: message can't be deleted"
    )
    refused = await bot.ask("delete", {"person": ANNA, "chat": group, "message_id": thread})
    assert refused.json == {"error": "The message that opened a topic goes only with the topic."}


async def test_each_line_of_the_list_is_written_once(bot: Hand) -> None:
    """However much was said: the newest of each topic and of the chat, and nothing else."""
    group = await found_forum(bot)
    threads = [await open_topic(bot, group, f"Topic {number}") for number in range(3)]
    for number in range(12):
        await say(bot, group, str(number), thread=threads[number % 3])
    listed = (await bot.sim("chats", person=ANNA))["chats"][-1]
    assert {thread: message["text"] for thread, message in listed["last_in"].items() if message["text"]} == {
        str(thread): str(9 + place) for place, thread in enumerate(threads)
    }
    assert listed["last"]["text"] == "11"
