"""A group and who hears what in it: privacy mode, several bots, identifiers of their own."""

from typing import Any

import aiohttp
import pytest

from sandbox.app import Sandbox
from tests.sandbox.groups import SECOND, SECOND_TOKEN, become, forget, found, heard, last, number_of, say, seen
from tests.sandbox.hand import ANNA, BORIS, Hand


async def texts(hand: Hand, token: str = "") -> list[str]:
    return [update["message"].get("text", "") for update in await heard(hand, token) if "message" in update]


async def test_a_founded_group_is_shown_with_its_people_and_bots(bot: Hand) -> None:
    group = await found(bot, username="front_desk")
    (shown,) = (await bot.sim("groups"))["groups"]
    assert (shown["id"], shown["title"], shown["forum"], shown["username"]) == (
        group,
        "Front desk",
        False,
        "front_desk",
    )
    statuses = {member["user"]["id"]: member["status"] for member in shown["members"]}
    assert statuses == {ANNA: "creator", BORIS: "member", number_of(bot): "administrator"}
    assert shown["topics"] == []
    kinds = [message["kind"] for message in (await seen(bot, group))["messages"]]
    assert kinds == ["supergroup_chat_created", "new_chat_members"]


async def test_the_group_is_in_the_list_of_whoever_is_in_it(bot: Hand) -> None:
    group = await found(bot, members=[])
    assert group in [chat["chat"] for chat in (await bot.sim("chats", person=ANNA))["chats"]]
    assert group not in [chat["chat"] for chat in (await bot.sim("chats", person=BORIS))["chats"]]


async def test_the_chats_of_everybody_come_person_by_person(bot: Hand) -> None:
    group = await found(bot, members=[])
    everybody = (await bot.sim("chats"))["people"]
    assert everybody == {str(person): (await bot.sim("chats", person=person))["chats"] for person in (ANNA, BORIS)}
    having = [person for person, chats in everybody.items() if group in [chat["chat"] for chat in chats]]
    assert having == [str(ANNA)]


async def test_a_group_may_be_founded_under_a_number_of_its_own(bot: Hand) -> None:
    assert await found(bot, id=-1009876543210) == -1009876543210
    again = await bot.ask("groups", {"title": "Again", "creator": ANNA, "id": -1009876543210})
    assert again.json == {"error": "The id of a group is below 0, and its own."}


@pytest.mark.parametrize(
    ("body", "status", "told"),
    [
        ({"title": " "}, 400, "A group needs a title of 1 to 128 characters."),
        ({"creator": 5}, 404, "Nobody has the number 5."),
        ({"members": [5]}, 404, "Nobody has the number 5."),
        ({"members": 5}, 400, "members must be a list."),
        ({"bots": [5]}, 400, "Each of bots must be an object with an id."),
        ({"bots": [{"id": 55, "status": "creator"}]}, 400, None),
        ({"bots": [{"id": 55, "status": "administrator", "rights": {"can_fly": True}}]}, 400, None),
    ],
)
async def test_groups_that_cannot_be_founded(bot: Hand, body: Any, status: int, told: str | None) -> None:
    answer = await bot.ask("groups", {"title": "Desk", "creator": ANNA, **body})
    assert answer.status == status
    assert told is None or answer.json == {"error": told}
    assert (await bot.sim("groups"))["groups"] == []


@pytest.mark.parametrize(
    ("text", "is_heard"),
    [
        ("good morning", False),
        ("/status", True),
        ("/status@demo_123456789_bot now", True),
        ("/status@other_bot", False),
        ("ask @demo_123456789_bot about it", True),
        ("ask @demo_123456789_bots about it", False),
        ("mail me@demo_123456789_bot", False),
    ],
)
async def test_privacy_mode_lets_a_member_hear_what_is_meant_for_it(bot: Hand, text: str, is_heard: bool) -> None:
    group = await found(bot, status="member")
    await forget(bot)
    said = await say(bot, group, text)
    assert (await texts(bot) == [text]) is is_heard
    assert list(said["updates"]) == ([str(number_of(bot))] if is_heard else [])


async def test_an_administrator_hears_everything(bot: Hand) -> None:
    group = await found(bot)
    await forget(bot)
    await say(bot, group, "good morning")
    assert await texts(bot) == ["good morning"]


async def test_replies_to_the_bot_and_to_what_was_meant_for_it_are_heard(bot: Hand) -> None:
    group = await found(bot, status="member")
    answer = await bot.result("sendMessage", chat_id=group, text="Yes?")
    command = await say(bot, group, "/plan@demo_123456789_bot")
    plain = await say(bot, group, "by the way")
    await forget(bot)
    for number, text in ((answer, "to you"), (command, "about the plan"), (plain, "to Boris")):
        await say(bot, group, text, reply_to=number["message_id"])
    assert await texts(bot) == ["to you", "about the plan"]


async def test_a_bare_command_is_for_the_bot_that_spoke_last_and_a_reply_goes_before(bot: Hand) -> None:
    await bot.result("getMe", token=SECOND_TOKEN)
    group = await found(bot, status="member")
    await become(bot, group, SECOND, "member")
    mine = await bot.result("sendMessage", chat_id=group, text="One")
    await bot.bot("sendMessage", token=SECOND_TOKEN, chat_id=group, text="Two")
    await forget(bot)
    await forget(bot, SECOND_TOKEN)
    await say(bot, group, "/help")
    await say(bot, group, f"/help@demo_{SECOND}_bot", reply_to=mine["message_id"])
    assert await texts(bot) == [f"/help@demo_{SECOND}_bot"]
    assert await texts(bot, SECOND_TOKEN) == ["/help"]


async def test_a_bot_hears_neither_itself_nor_another_bot(bot: Hand) -> None:
    await bot.result("getMe", token=SECOND_TOKEN)
    group = await found(bot)
    await become(bot, group, SECOND, "administrator")
    await forget(bot)
    await forget(bot, SECOND_TOKEN)
    await bot.result("sendMessage", chat_id=group, text="@demo_987654321_bot, listen")
    assert await heard(bot) == []
    assert await heard(bot, SECOND_TOKEN) == []


async def test_bots_share_the_numbers_of_messages_and_not_those_of_files(bot: Hand) -> None:
    await bot.result("getMe", token=SECOND_TOKEN)
    group = await found(bot)
    await become(bot, group, SECOND, "administrator")
    await forget(bot)
    await forget(bot, SECOND_TOKEN)
    form = aiohttp.FormData({"person": str(BORIS), "chat": str(group)})
    form.add_field("file", b"%PDF-1.7", filename="plan.pdf")
    async with bot.session.post(f"{bot.url}/sim/send", data=form) as response:
        sent = await response.json()
    assert set(sent["updates"]) == {str(number_of(bot)), str(SECOND)}
    ((mine,), (theirs,)) = await heard(bot), await heard(bot, SECOND_TOKEN)
    assert mine["message"]["message_id"] == theirs["message"]["message_id"] == sent["message_id"]
    ours, others = mine["message"]["document"], theirs["message"]["document"]
    assert ours["file_unique_id"] == others["file_unique_id"]
    assert ours["file_id"] != others["file_id"]
    assert (await bot.result("getFile", file_id=ours["file_id"]))["file_size"] == 8
    assert await bot.refusal("getFile", file_id=others["file_id"]) == "Bad Request: invalid file_id"


async def test_an_edit_is_heard_by_those_who_heard_the_message(bot: Hand) -> None:
    group = await found(bot, status="member")
    meant, aside = await say(bot, group, "/plan"), await say(bot, group, "plan")
    await forget(bot)
    for said, text in ((meant, "/plan today"), (aside, "plans")):
        await bot.sim("edit", {"person": BORIS, "chat": group, "message_id": said["message_id"], "text": text})
    assert [update["edited_message"]["text"] for update in await heard(bot)] == ["/plan today"]


async def test_unread_is_counted_for_each_person_and_a_deleted_message_leaves_the_count(bot: Hand) -> None:
    group = await found(bot)
    first = await say(bot, group, "one")
    await say(bot, group, "two")
    assert await unread(bot, group, ANNA) == 2
    assert await unread(bot, group, BORIS) == 0
    await bot.sim("delete", {"person": BORIS, "chat": group, "message_id": first["message_id"]})
    assert await unread(bot, group, ANNA) == 1
    await bot.sim("read", {"person": ANNA, "chat": group})
    late = await say(bot, group, "three")
    await bot.sim("read", {"person": ANNA, "chat": group})
    await bot.sim("delete", {"person": ANNA, "chat": group, "message_id": late["message_id"]})
    assert await unread(bot, group, ANNA) == 0


async def unread(hand: Hand, group: int, person: int) -> int:
    chats = (await hand.sim("chats", person=person))["chats"]
    return int(next(chat["unread"] for chat in chats if chat["chat"] == group))


async def test_an_answered_button_shows_its_words_only_to_whoever_pressed_it(bot: Hand) -> None:
    group = await found(bot)
    keyboard = {"inline_keyboard": [[{"text": "Take", "callback_data": "take"}]]}
    await bot.result("sendMessage", chat_id=group, text="Who takes it?", reply_markup=keyboard)
    pressed = await bot.sim("press", {"person": BORIS, "chat": group, "data": "take"})
    await bot.result("answerCallbackQuery", callback_query_id=pressed["query_id"], text="Yours")
    assert (await seen(bot, group, BORIS))["toast"]["text"] == "Yours"
    assert (await seen(bot, group, ANNA))["toast"] is None


async def test_whoever_is_not_in_the_group_sees_nothing_of_it(bot: Hand) -> None:
    group = await found(bot, members=[])
    answer = await bot.ask("chat", person=BORIS, chat=group)
    assert (answer.status, answer.json) == (400, {"error": "Борис is not in Front desk."})


async def test_people_delete_their_own_words_and_those_in_charge_everybodys(bot: Hand) -> None:
    group = await found(bot)
    said = await bot.result("sendMessage", chat_id=group, text="Mine")
    body = {"chat": group, "message_id": said["message_id"]}
    refused = await bot.ask("delete", {"person": BORIS, **body})
    assert refused.json == {"error": "Борис has no right to delete what others said in Front desk."}
    await forget(bot)
    await bot.sim("delete", {"person": ANNA, **body})
    assert (await last(bot, group))["kind"] == "new_chat_members"
    assert await heard(bot) == []
    assert await bot.refusal("editMessageText", text="x", chat_id=group, message_id=said["message_id"]) == (
        "Bad Request: message to edit not found"
    )


async def test_a_reset_forgets_the_groups(bot: Hand, sandbox: Sandbox) -> None:
    group = await found(bot)
    await bot.sim("reset", {})
    assert (await bot.sim("groups"))["groups"] == []
    assert (await bot.ask("chat", person=ANNA, chat=group)).status in (400, 404)
    assert sandbox.world.groups == {}


async def test_buttons_may_be_pressed_by_whoever_may_not_write(bot: Hand) -> None:
    group = await found(bot)
    keyboard = {"inline_keyboard": [[{"text": "Take", "callback_data": "take"}]]}
    await bot.result("sendMessage", chat_id=group, text="Who takes it?", reply_markup=keyboard)
    await become(bot, group, BORIS, "restricted")
    await forget(bot)
    await bot.sim("press", {"person": BORIS, "chat": group, "data": "take"})
    assert (await heard(bot))[0]["callback_query"]["from"]["id"] == BORIS


async def test_a_bot_that_reads_all_hears_what_is_not_meant_for_it(bot: Hand) -> None:
    group = await found(bot, status="member")
    await bot.sim("bots", {"id": number_of(bot), "reads_all": True})
    await forget(bot)
    await say(bot, group, "good morning")
    assert await texts(bot) == ["good morning"]
