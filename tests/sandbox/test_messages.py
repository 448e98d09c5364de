"""What a bot says, changes and takes back, and what the person then sees."""

from typing import Any

import pytest

from tests.sandbox.hand import ANNA, BORIS, Hand

YES_NO = {"inline_keyboard": [[{"text": "Yes", "callback_data": "yes"}, {"text": "No", "callback_data": "no"}]]}


async def send(bot: Hand, text: str = "Hello", **more: Any) -> Any:
    return await bot.result("sendMessage", chat_id=ANNA, text=text, **more)


async def test_a_message_is_stored_without_markup(bot: Hand) -> None:
    message = await send(bot, " <b>Dr Neri</b> &amp; co ", parse_mode="html")
    assert message["text"] == "Dr Neri & co"
    assert message["entities"] == [{"offset": 0, "length": 7, "type": "bold"}]
    seen = (await bot.messages())[-1]
    assert (seen["from"], seen["text"], seen["entities"]) == ("bot", message["text"], message["entities"])


async def test_message_numbers_rise_through_all_private_chats(bot: Hand) -> None:
    first = await send(bot)
    await bot.start(BORIS)
    second = await send(bot)
    assert [first["message_id"], second["message_id"]] == [2, 4]


async def test_dates_follow_the_clock(bot: Hand) -> None:
    before = await send(bot)
    await bot.sim("clock", {"advance": 86_400})
    after = await send(bot)
    assert after["date"] - before["date"] in (86_400, 86_401)


async def test_the_bots_own_entities_pass_through(bot: Hand) -> None:
    bold = {"type": "bold", "offset": 2, "length": 4}
    found = {"type": "bot_command", "offset": 0, "length": 1}
    message = await send(bot, "  bold plain", entities=[bold, found])
    assert message["entities"] == [{"type": "bold", "offset": 0, "length": 4}]


@pytest.mark.parametrize(
    ("entity", "told"),
    [
        ({"type": "bold", "offset": 100, "length": 1}, "entity begins after the end of the text at UTF-16 offset 100"),
        (
            {"type": "bold", "offset": 0, "length": 100},
            "entity beginning at UTF-16 offset 0 ends after the end of the text at UTF-16 offset 100",
        ),
        ({"type": "bold", "offset": -1, "length": 1}, "receive an entity with incorrect offset -1"),
        ({"type": "loud", "offset": 0, "length": 1}, "can't parse MessageEntity: Unsupported type specified"),
        (
            {"type": "text_link", "offset": 0, "length": 1, "url": "not-a-url"},
            "entity URL 'not-a-url' is invalid: Wrong HTTP URL",
        ),
        (
            {"type": "text_link", "offset": 0, "length": 1, "url": ""},
            "entity URL '' is invalid: URL host is empty",
        ),
    ],
)
async def test_entities_that_do_not_fit(bot: Hand, entity: Any, told: str) -> None:
    assert await bot.refusal("sendMessage", chat_id=ANNA, text="hello", entities=[entity]) == f"Bad Request: {told}"


async def test_a_mention_carries_the_person(bot: Hand) -> None:
    text = f'<a href="tg://user?id={BORIS}">He</a> <a href="tg://user?id=5">who</a>'
    (mention,) = (await send(bot, text, parse_mode="HTML"))["entities"]
    assert mention["type"] == "text_mention"
    assert mention["user"]["first_name"] == "Борис"


async def test_a_reply_shows_what_it_answers(bot: Hand) -> None:
    question = await bot.say("When?")
    reply = await send(bot, "At nine", reply_parameters={"message_id": question["message_id"]})
    assert reply["reply_to_message"]["text"] == "When?"
    assert (await bot.messages())[-1]["reply_to"] == question["message_id"]


async def test_a_reply_that_may_stand_alone(bot: Hand) -> None:
    lonely = await send(bot, reply_parameters={"message_id": 99, "allow_sending_without_reply": True})
    assert "reply_to_message" not in lonely


async def test_an_edit_without_a_keyboard_removes_it(bot: Hand) -> None:
    message = await send(bot, reply_markup=YES_NO)
    edited = await bot.result("editMessageText", chat_id=ANNA, message_id=message["message_id"], text="Hello")
    assert "reply_markup" not in edited
    assert "edit_date" in edited
    seen = (await bot.messages())[-1]
    assert (seen["inline_keyboard"], seen["edited"]) == (None, True)


async def test_an_edit_of_the_keyboard_alone_keeps_the_text(bot: Hand) -> None:
    message = await send(bot, "<b>Hello</b>", parse_mode="HTML")
    edited = await bot.result(
        "editMessageReplyMarkup", chat_id=ANNA, message_id=message["message_id"], reply_markup=YES_NO
    )
    assert (edited["text"], edited["entities"]) == ("Hello", message["entities"])
    assert edited["reply_markup"] == YES_NO


async def test_an_edit_of_entities_alone_is_a_change(bot: Hand) -> None:
    message = await send(bot)
    edited = await bot.result(
        "editMessageText", chat_id=ANNA, message_id=message["message_id"], text="<b>Hello</b>", parse_mode="HTML"
    )
    assert edited["entities"]


@pytest.mark.parametrize("keyboard", [{"keyboard": [["A"]]}, {"force_reply": True}, {"remove_keyboard": True}])
async def test_a_message_with_a_reply_keyboard_cannot_be_edited(bot: Hand, keyboard: Any) -> None:
    message = await send(bot, reply_markup=keyboard)
    assert "reply_markup" not in message
    assert (await bot.messages())[-1]["reply_keyboard"] is not None
    told = await bot.refusal("editMessageText", chat_id=ANNA, message_id=message["message_id"], text="x")
    assert told == "Bad Request: message can't be edited"


async def test_an_edit_takes_no_reply_keyboard(bot: Hand) -> None:
    message = await send(bot)
    told = await bot.refusal(
        "editMessageText",
        chat_id=ANNA,
        message_id=message["message_id"],
        text="x",
        reply_markup={"keyboard": [[{"text": "A"}]]},
    )
    assert told == "Bad Request: inline keyboard expected"


async def test_a_deleted_message_is_gone(bot: Hand) -> None:
    message = await send(bot)
    assert await bot.result("deleteMessage", chat_id=ANNA, message_id=message["message_id"]) is True
    assert [seen["text"] for seen in await bot.messages()] == ["/start"]


async def test_what_the_person_said_can_be_deleted_in_a_private_chat(bot: Hand) -> None:
    said = await bot.say("my password")
    assert await bot.result("deleteMessage", chat_id=ANNA, message_id=said["message_id"]) is True
    assert "my password" not in str(await bot.messages())


async def test_several_are_deleted_at_once_and_the_missing_are_skipped(bot: Hand) -> None:
    ids = [(await send(bot, text))["message_id"] for text in "abc"]
    assert await bot.result("deleteMessages", chat_id=ANNA, message_ids=[*ids[:2], 999]) is True
    assert [seen["text"] for seen in await bot.messages()] == ["/start", "c"]


@pytest.mark.parametrize(
    ("markup", "told"),
    [
        (
            {"inline_keyboard": [[{"text": "A", "callback_data": ""}]]},
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
        ),
        (
            {"inline_keyboard": [[{"callback_data": "a"}]]},
            "can't parse inline keyboard button: Can't find field \"text\"",
        ),
        (
            {"inline_keyboard": [[{"text": "A", "url": "not-a-url"}]]},
            "inline keyboard button URL 'not-a-url' is invalid: Wrong HTTP URL",
        ),
        (
            {"inline_keyboard": [[{"text": "A", "url": "ftp://example.com"}]]},
            "inline keyboard button URL 'ftp://example.com' is invalid: Unsupported URL protocol",
        ),
        ({"inline_keyboard": [[{"text": "A", "pay": True}]]}, "BUTTON_TYPE_INVALID"),
        ({"inline_keyboard": "bad"}, 'field "inline_keyboard" must be of type Array'),
        ({"force_reply": "yes"}, 'field "force_reply" must be of type Boolean'),
        ({"keyboard": [["A"]], "selective": "yes"}, 'field "selective" must be of type Boolean'),
    ],
)
async def test_keyboards_of_the_wrong_shape(bot: Hand, markup: Any, told: str) -> None:
    assert await bot.refusal("sendMessage", chat_id=ANNA, text="x", reply_markup=markup) == f"Bad Request: {told}"


async def test_an_empty_keyboard_is_none(bot: Hand) -> None:
    assert "reply_markup" not in await send(bot, reply_markup={"inline_keyboard": [[]]})


async def test_an_action_shows_for_a_while_and_ends_with_the_message(bot: Hand) -> None:
    await bot.result("sendChatAction", chat_id=ANNA, action="typing")
    assert (await bot.sim("chat", person=ANNA))["typing"] is True
    await send(bot)
    assert (await bot.sim("chat", person=ANNA))["typing"] is False
    told = await bot.refusal("sendChatAction", chat_id=ANNA, action="dancing")
    assert told == "Bad Request: wrong parameter action in request"


async def test_a_chat_is_known_once_it_is_open(bot: Hand) -> None:
    chat = await bot.result("getChat", chat_id=ANNA)
    assert (chat["type"], chat["first_name"], chat["username"]) == ("private", "Anna", "anna")
    assert await bot.refusal("getChat", chat_id=BORIS) == "Bad Request: chat not found"
