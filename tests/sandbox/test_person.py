"""The person's side: writing, pressing, waiting, looking."""

import asyncio
from typing import Any

import pytest

from sandbox.app import Sandbox
from tests.sandbox.hand import ANNA, BORIS, Hand

YES = {"inline_keyboard": [[{"text": "Yes", "callback_data": "yes"}, {"text": "Site", "url": "https://clinic.it/"}]]}
LONG = 30


async def send(bot: Hand, text: str, **more: Any) -> Any:
    return await bot.result("sendMessage", chat_id=ANNA, text=text, **more)


async def test_people_are_added_and_replaced(hand: Hand) -> None:
    await hand.sim("people", {"people": [{"id": 1003, "first_name": "Zofia", "language_code": "pl", "note": "new"}]})
    await hand.sim("people", {"people": [{"id": ANNA, "first_name": "Anna Maria"}]})
    people = (await hand.sim("people"))["people"]
    assert people[0] == {
        "id": ANNA,
        "first_name": "Anna Maria",
        "last_name": "",
        "username": "",
        "language_code": "",
        "note": "",
        "role": "",
        "emails": [],
        "phones": [],
        "blocked": False,
        "unread": 0,
        "unread_mails": 0,
        "unread_sms": 0,
    }
    assert [person["first_name"] for person in people] == ["Anna Maria", "Борис", "Zofia"]


async def test_addresses_stay_when_a_person_is_replaced(hand: Hand) -> None:
    anna = {"id": ANNA, "first_name": "Anna", "email": "anna@example.it", "phone": "+39 333 1234567"}
    await hand.sim("people", {"people": [anna]})
    await hand.sim(f"people/{ANNA}/addresses", {"email": "other@example.it", "phone": "+48601234567"})
    replaced = await hand.sim("people", {"people": [{**anna, "email": "Other@Example.it"}]})
    assert replaced["people"][0]["emails"] == ["Other@Example.it", "anna@example.it"]
    assert replaced["people"][0]["phones"] == ["+39 333 1234567", "+48601234567"]


async def test_saying_tells_where_the_chat_stands(bot: Hand) -> None:
    said = await bot.say("/help  ")
    assert said["message_id"] == 2
    assert said["revision"] == (await bot.sim("chat", person=ANNA))["revision"]
    assert said["update_id"] == (await bot.updates())[-1]["update_id"]


async def test_waiting_for_what_comes_after(bot: Hand) -> None:
    said = await bot.say("hello?")
    waiting = bot.sim("chat", person=ANNA, after=said["revision"], timeout=LONG)
    async with asyncio.timeout(LONG / 3):
        chat, _ = await asyncio.gather(waiting, send(bot, "here"))
    assert chat["messages"][-1]["text"] == "here"
    assert chat["revision"] > said["revision"]


async def test_waiting_in_vain_shows_the_chat_as_it_is(bot: Hand) -> None:
    said = await bot.say("hello?")
    chat = await bot.sim("chat", person=ANNA, after=said["revision"], timeout=0.05)
    assert chat["revision"] == said["revision"]


async def test_pressing_by_text_finds_the_newest_button(bot: Hand) -> None:
    await send(bot, "first", reply_markup=YES)
    await send(bot, "second", reply_markup=YES)
    pressed = await bot.sim("press", {"person": ANNA, "button": "Yes"})
    assert (pressed["answered"], pressed["answer"]) == (False, None)
    query = (await bot.updates())[-1]["callback_query"]
    assert (query["id"], query["data"]) == (pressed["query_id"], "yes")
    assert query["message"]["text"] == "second"
    assert query["message"]["reply_markup"] == YES


async def test_pressing_waits_for_the_answer(bot: Hand) -> None:
    await send(bot, "Sure?", reply_markup=YES)
    last = (await bot.updates())[-1]["update_id"]

    async def answer() -> None:
        (update,) = await bot.updates(offset=last + 1, timeout=LONG)
        query = update["callback_query"]["id"]
        await bot.result("answerCallbackQuery", callback_query_id=query, text="Done", show_alert=True)

    async with asyncio.timeout(LONG / 3):
        pressed, _ = await asyncio.gather(bot.sim("press", {"person": ANNA, "data": "yes", "wait": LONG}), answer())
    assert pressed["answered"] is True
    assert pressed["answer"] == {"text": "Done", "show_alert": True}
    toast = (await bot.sim("chat", person=ANNA))["toast"]
    assert toast["revision"] > pressed["revision"]
    assert (toast["text"], toast["show_alert"], toast["query_id"]) == ("Done", True, pressed["query_id"])


async def test_an_answer_without_words_shows_nothing(bot: Hand) -> None:
    await send(bot, "Sure?", reply_markup=YES)
    pressed = await bot.sim("press", {"person": ANNA, "data": "yes"})
    await bot.result("answerCallbackQuery", callback_query_id=pressed["query_id"])
    chat = await bot.sim("chat", person=ANNA)
    assert chat["toast"] is None
    assert chat["revision"] > pressed["revision"]


async def test_a_press_that_nobody_answers_ends_when_the_time_is_over(bot: Hand) -> None:
    await send(bot, "Sure?", reply_markup=YES)
    pressed = await bot.sim("press", {"person": ANNA, "data": "yes", "wait": 0.05})
    assert (pressed["answered"], pressed["answer"]) == (False, None)


async def test_an_old_button_is_pressed_all_the_same(bot: Hand) -> None:
    message = await send(bot, "Sure?", reply_markup=YES)
    await bot.result("editMessageText", chat_id=ANNA, message_id=message["message_id"], text="Too late")
    await bot.sim("press", {"person": ANNA, "data": "yes", "message_id": message["message_id"]})
    query = (await bot.updates())[-1]["callback_query"]
    assert (query["data"], query["message"]["text"]) == ("yes", "Too late")


async def test_a_button_of_a_deleted_message_brings_an_inaccessible_one(bot: Hand) -> None:
    message = await send(bot, "Sure?", reply_markup=YES)
    await bot.result("deleteMessage", chat_id=ANNA, message_id=message["message_id"])
    await bot.sim("press", {"person": ANNA, "data": "yes", "message_id": message["message_id"]})
    query = (await bot.updates())[-1]["callback_query"]
    assert (query["message"]["date"], query["message"]["message_id"]) == (0, message["message_id"])


async def test_the_update_shows_the_message_as_it_was_when_pressed(bot: Hand) -> None:
    message = await send(bot, "Before", reply_markup=YES)
    await bot.sim("press", {"person": ANNA, "data": "yes"})
    await bot.result("editMessageText", chat_id=ANNA, message_id=message["message_id"], text="After")
    assert (await bot.updates())[-1]["callback_query"]["message"]["text"] == "Before"


@pytest.mark.parametrize(
    ("body", "status", "told"),
    [
        ({"data": "nothing"}, 404, "No message here has the button 'nothing'."),
        ({"button": "Maybe"}, 404, "No message here has the button 'Maybe'."),
        ({"button": "Maybe", "message_id": 2}, 404, "That message has no button 'Maybe'."),
        ({"data": "yes", "message_id": 99}, 404, "There is no message 99 in this chat."),
        ({"button": "Site"}, 400, "The button 'Site' tells the bot nothing."),
        ({}, 400, "Name the button by its data or its text."),
    ],
)
async def test_buttons_that_cannot_be_pressed(bot: Hand, body: Any, status: int, told: str) -> None:
    await send(bot, "Sure?", reply_markup=YES)
    answer = await bot.ask("press", {"person": ANNA, **body})
    assert (answer.status, answer.json) == (status, {"error": told})


@pytest.mark.parametrize("kind", ["sticker", "photo", "voice", "contact"])
async def test_what_is_not_text_can_be_sent(bot: Hand, kind: str) -> None:
    await bot.sim("say", {"person": ANNA, "kind": kind})
    seen = (await bot.messages())[-1]
    assert (seen["kind"], seen["text"]) == (kind, "")
    assert kind in (await bot.updates())[-1]["message"]


@pytest.mark.parametrize(
    ("body", "status", "told"),
    [
        ({"person": 5, "text": "x"}, 404, "Nobody has the number 5."),
        ({"text": "x"}, 400, "Name a person."),
        ({"person": ANNA, "text": "  "}, 400, "There is nothing to say."),
        ({"person": ANNA, "text": "x" * 4097}, 400, "Telegram lets a person write 4096 characters at once."),
        ({"person": ANNA, "kind": "dance"}, 400, "A person can send text, sticker, photo, voice, contact, location."),
        ([1], 400, "The body must be a JSON object."),
    ],
)
async def test_what_cannot_be_said(bot: Hand, body: Any, status: int, told: str) -> None:
    answer = await bot.ask("say", body)
    assert (answer.status, answer.json) == (status, {"error": told})


async def test_who_blocked_the_bot_must_unblock_it_to_speak(bot: Hand) -> None:
    await bot.sim("block", {"person": ANNA})
    assert (await bot.sim("people"))["people"][0]["blocked"] is True
    answer = await bot.ask("say", {"person": ANNA, "text": "x"})
    assert answer.json == {"error": "Anna has blocked this bot: unblock it first."}
    await bot.sim("unblock", {"person": ANNA})
    await bot.say("x")


async def test_unread_counts_until_it_is_read(bot: Hand) -> None:
    await send(bot, "one")
    await send(bot, "two")
    assert (await bot.sim("people"))["people"][0]["unread"] == 2
    await bot.sim("read", {"person": ANNA})
    assert (await bot.sim("people"))["people"][0]["unread"] == 0


async def test_the_chat_as_plain_text(bot: Hand) -> None:
    message = await send(bot, "Sure?", reply_markup=YES)
    await send(bot, "Your number?", reply_markup={"keyboard": [[{"text": "Send it", "request_contact": True}]]})
    await bot.result(
        "editMessageText", chat_id=ANNA, message_id=message["message_id"], text="Really?", reply_markup=YES
    )
    async with bot.session.get(f"{bot.url}/sim/chat.txt", params={"person": ANNA}) as response:
        text = await response.text()
    assert text == (
        "Anna: /start\n\nReception (edited): Really?\n  [Yes] [Site]\n\nReception: Your number?\n  <Send it>\n"
    )


async def test_a_bot_must_be_named_where_there_are_several_or_none(hand: Hand) -> None:
    nobody = await hand.ask("say", {"person": ANNA, "text": "x"})
    assert nobody.json == {"error": "No bot has called yet."}
    await hand.sim("say", {"person": ANNA, "text": "x", "bot": 111111111})
    await hand.sim("say", {"person": ANNA, "text": "y", "bot": 222222222})
    several = await hand.ask("say", {"person": ANNA, "text": "x"})
    assert several.json == {"error": "Several bots are here: name one."}
    assert (await hand.sim("chat", person=ANNA, bot=111111111))["messages"][0]["text"] == "x"


async def test_a_person_may_write_to_a_bot_that_is_not_running(hand: Hand) -> None:
    await hand.sim("say", {"person": ANNA, "text": "anybody?", "bot": 123456789})
    assert (await hand.updates())[-1]["message"]["text"] == "anybody?"


async def test_reset_forgets_all_but_people_and_the_numbering_of_updates(bot: Hand) -> None:
    last = (await bot.say("before"))["update_id"]
    await bot.sim("faults", {"method": "*", "kind": "error"})
    await bot.sim("reset", {})
    assert (await bot.sim("bots"))["bots"] == []
    assert (await bot.sim("faults"))["faults"] == []
    assert (await bot.sim("log"))["calls"] == []
    assert len((await bot.sim("people"))["people"]) == 2
    await bot.result("getMe")
    assert (await bot.say("after"))["update_id"] > last
    assert [seen["text"] for seen in await bot.messages()] == ["after"]
    await bot.sim("reset", {"people": True})
    assert (await bot.sim("people"))["people"] == []


async def test_a_bot_that_listens_survives_a_reset(bot: Hand, sandbox: Sandbox) -> None:
    last = (await bot.updates())[-1]["update_id"]

    async def begin_again() -> None:
        await bot.sim("bots", timeout=LONG)
        await bot.sim("reset", {})
        await bot.say("again", BORIS)

    async with asyncio.timeout(LONG / 3):
        heard, _ = await asyncio.gather(bot.updates(offset=last + 1, timeout=LONG), begin_again())
    assert heard[0]["my_chat_member"]["from"]["id"] == BORIS
