"""Every method of aiogram either passes here, its answer read by aiogram's own models, or refuses loudly."""

import asyncio
from collections.abc import Mapping
from enum import StrEnum
from typing import Any

import pytest

from sandbox.app import Sandbox
from sandbox.files import FileKind, Upload
from sandbox.methods import PLAYED
from sandbox.methods.catalogue import KNOWN_METHODS
from tests.sandbox.answers import METHODS_OF_AIOGRAM, validated
from tests.sandbox.groups import found_forum, number_of, open_topic
from tests.sandbox.hand import ANNA, BORIS, Hand
from tests.sandbox.pictures import PNG

YES = {"text": "Yes", "callback_data": "yes"}
KEYBOARD = {"inline_keyboard": [[{"text": "Yes", "callback_data": "yes"}, {"text": "Site", "url": "clinic.it"}]]}
HTML = '<b>Dr <i>Neri</i></b> <a href="https://clinic.it">card</a> <code>/x</code>'
INVOICE = {
    "title": "Visit",
    "description": "A visit to a cardiologist",
    "payload": "visit-1",
    "provider_token": "1234:TEST:abcd",
    "currency": "EUR",
    "prices": [{"label": "Visit", "amount": 12000}],
}


class Known(StrEnum):
    """What stands there when the method is called."""

    TEXT = "a text of the bot in Anna's chat"
    REPORT = "a document"
    REPORT_MESSAGE = "the document in Anna's chat"
    PICTURE = "a photo"
    GROUP = "a forum in which the bot is an administrator"
    TOPIC = "a topic of the forum"
    CLOSED = "a closed topic of the forum"
    PINNED = "a message pinned in the forum"
    QUERY = "a pressed button"
    CHECKOUT = "somebody about to pay"


IN_ANNAS = {"chat_id": ANNA}
IN_GROUP = {"chat_id": Known.GROUP}
IN_TOPIC = {**IN_GROUP, "message_thread_id": Known.TOPIC}
CAPTION = {"caption": HTML, "parse_mode": "HTML", "reply_markup": KEYBOARD}
PASSING: Mapping[str, Mapping[str, Any]] = {
    "getMe": {},
    "getUpdates": {"limit": 10},
    "setWebhook": {"url": "http://127.0.0.1:1/"},
    "deleteWebhook": {"drop_pending_updates": False},
    "getWebhookInfo": {},
    "sendMessage": {**IN_ANNAS, "text": HTML, "parse_mode": "HTML", "reply_markup": KEYBOARD},
    "sendDocument": {**IN_ANNAS, "document": Known.REPORT, **CAPTION},
    "sendPhoto": {**IN_TOPIC, "photo": Known.PICTURE, **CAPTION},
    "sendVideo": {**IN_ANNAS, "video": Known.REPORT, "duration": 3},
    "sendAudio": {**IN_ANNAS, "audio": Known.REPORT, "performer": "Neri"},
    "sendVoice": {**IN_ANNAS, "voice": Known.REPORT},
    "sendAnimation": {**IN_ANNAS, "animation": Known.REPORT},
    "sendLocation": {**IN_ANNAS, "latitude": 45.46, "longitude": 9.19},
    "sendContact": {**IN_ANNAS, "phone_number": "+39021234567", "first_name": "Neri"},
    "sendMediaGroup": {**IN_ANNAS, "media": [{"type": "document", "media": Known.REPORT}] * 2},
    "sendInvoice": {**IN_ANNAS, **INVOICE},
    "createInvoiceLink": INVOICE,
    "answerPreCheckoutQuery": {"pre_checkout_query_id": Known.CHECKOUT, "ok": True},
    "copyMessage": {**IN_GROUP, "from_chat_id": ANNA, "message_id": Known.TEXT},
    "copyMessages": {**IN_GROUP, "from_chat_id": ANNA, "message_ids": [Known.TEXT, Known.REPORT_MESSAGE]},
    "forwardMessage": {**IN_GROUP, "from_chat_id": ANNA, "message_id": Known.TEXT},
    "forwardMessages": {**IN_GROUP, "from_chat_id": ANNA, "message_ids": [Known.TEXT, Known.REPORT_MESSAGE]},
    "editMessageText": {**IN_ANNAS, "message_id": Known.TEXT, "text": "Changed", "reply_markup": KEYBOARD},
    "editMessageReplyMarkup": {**IN_ANNAS, "message_id": Known.TEXT, "reply_markup": KEYBOARD},
    "editMessageCaption": {**IN_ANNAS, "message_id": Known.REPORT_MESSAGE, "caption": HTML, "parse_mode": "HTML"},
    "editMessageMedia": {
        **IN_ANNAS,
        "message_id": Known.REPORT_MESSAGE,
        "media": {"type": "photo", "media": Known.PICTURE},
    },
    "getFile": {"file_id": Known.REPORT},
    "deleteMessage": {**IN_ANNAS, "message_id": Known.TEXT},
    "deleteMessages": {**IN_ANNAS, "message_ids": [Known.TEXT, 555]},
    "answerCallbackQuery": {"callback_query_id": Known.QUERY, "text": "Noted", "show_alert": True},
    "sendChatAction": {**IN_ANNAS, "action": "typing"},
    "setMessageReaction": {**IN_ANNAS, "message_id": Known.TEXT, "reaction": [{"type": "emoji", "emoji": "👍"}]},
    "pinChatMessage": {**IN_ANNAS, "message_id": Known.TEXT},
    "unpinChatMessage": {**IN_GROUP, "message_id": Known.PINNED},
    "unpinAllChatMessages": IN_GROUP,
    "unpinAllForumTopicMessages": IN_TOPIC,
    "unpinAllGeneralForumTopicMessages": IN_GROUP,
    "setMyCommands": {"commands": [{"command": "start", "description": "Begin"}]},
    "getMyCommands": {},
    "deleteMyCommands": {},
    "setChatMenuButton": {"menu_button": {"type": "commands"}},
    "getChatMenuButton": {},
    "getChat": IN_GROUP,
    "getChatMember": {**IN_GROUP, "user_id": BORIS},
    "getChatMemberCount": IN_GROUP,
    "getChatAdministrators": IN_GROUP,
    "leaveChat": IN_GROUP,
    "createForumTopic": {**IN_GROUP, "name": "Cardiology"},
    "editForumTopic": {**IN_TOPIC, "name": "Oculistica"},
    "closeForumTopic": IN_TOPIC,
    "reopenForumTopic": {**IN_GROUP, "message_thread_id": Known.CLOSED},
    "deleteForumTopic": IN_TOPIC,
    "editGeneralForumTopic": {**IN_GROUP, "name": "All of us"},
    "closeGeneralForumTopic": IN_GROUP,
    "reopenGeneralForumTopic": IN_GROUP,
    "hideGeneralForumTopic": IN_GROUP,
    "unhideGeneralForumTopic": IN_GROUP,
}
BEFOREHAND = {
    "reopenGeneralForumTopic": "closeGeneralForumTopic",
    "unhideGeneralForumTopic": "hideGeneralForumTopic",
}


def test_the_catalogue_holds_exactly_the_methods_of_aiogram() -> None:
    assert set(METHODS_OF_AIOGRAM) == KNOWN_METHODS


def test_every_played_method_has_a_passing_case() -> None:
    assert set(PASSING) == set(PLAYED)


@pytest.mark.parametrize("name", sorted(PASSING))
async def test_the_answer_is_what_aiogram_expects(bot: Hand, sandbox: Sandbox, name: str) -> None:
    await bot.result("setMyCommands", commands=[{"command": "help", "description": "Help"}])
    known = await furnished(bot, sandbox)
    if name in BEFOREHAND:
        await bot.result(BEFOREHAND[name], chat_id=known[Known.GROUP])
    if name == "answerPreCheckoutQuery":
        await answer_a_payment(bot, known)
        return
    answer = await bot.bot(name, **filled(PASSING[name], known))
    assert answer.status == 200, answer.json
    validated(name, answer.json)


@pytest.mark.parametrize("name", sorted(KNOWN_METHODS - set(PLAYED)))
async def test_what_is_not_played_refuses_loudly(bot: Hand, name: str) -> None:
    answer = await bot.bot(name, chat_id=ANNA)
    assert answer.status == 501
    assert answer.json == {
        "ok": False,
        "error_code": 501,
        "description": f"Not Implemented: {name} is not in the sandbox yet",
    }


async def furnished(bot: Hand, sandbox: Sandbox) -> dict[Known, Any]:
    files = sandbox.world.files
    report = files.put(Upload("report.pdf", "application/pdf", b"%PDF-1.7"), FileKind.DOCUMENT)
    picture = files.put(Upload("eye.png", "image/png", PNG), FileKind.PHOTO, {"width": 640, "height": 480})
    identifier = report.id_for(number_of(bot))
    text = await bot.result("sendMessage", chat_id=ANNA, text="First", reply_markup={"inline_keyboard": [[YES]]})
    document = await bot.result("sendDocument", chat_id=ANNA, document=identifier, caption="First")
    group = await found_forum(bot)
    topic, closed = await open_topic(bot, group, "Ward"), await open_topic(bot, group, "Archive")
    await bot.result("closeForumTopic", chat_id=group, message_thread_id=closed)
    pinned = await bot.result("sendMessage", chat_id=group, text="Rules", message_thread_id=topic)
    await bot.result("pinChatMessage", chat_id=group, message_id=pinned["message_id"])
    pressed = await bot.sim("press", {"person": ANNA, "data": "yes"})
    return {
        Known.TEXT: text["message_id"],
        Known.REPORT: identifier,
        Known.REPORT_MESSAGE: document["message_id"],
        Known.PICTURE: picture.id_for(number_of(bot)),
        Known.GROUP: group,
        Known.TOPIC: topic,
        Known.CLOSED: closed,
        Known.PINNED: pinned["message_id"],
        Known.QUERY: pressed["query_id"],
    }


async def answer_a_payment(bot: Hand, known: dict[Known, Any]) -> None:
    """Somebody waits at the till while the bot answers."""
    invoice = await bot.result("sendInvoice", chat_id=ANNA, **INVOICE)
    payment = {"person": ANNA, "message_id": invoice["message_id"]}
    async with asyncio.TaskGroup() as both:
        paying = both.create_task(bot.sim("pay", payment))
        update = await next_update(bot, "pre_checkout_query")
        known[Known.CHECKOUT] = update["id"]
        answer = await bot.bot("answerPreCheckoutQuery", **filled(PASSING["answerPreCheckoutQuery"], known))
        validated("answerPreCheckoutQuery", answer.json)
    assert paying.result()["paid"]


async def next_update(bot: Hand, kind: str) -> Any:
    offset = 0
    while True:
        for update in await bot.updates(offset=offset, timeout=10):
            offset = update["update_id"] + 1
            if kind in update:
                return update[kind]


def filled(value: Any, known: dict[Known, Any]) -> Any:
    if isinstance(value, Known):
        return known[value]
    if isinstance(value, Mapping):
        return {name: filled(inner, known) for name, inner in value.items()}
    if isinstance(value, list):
        return [filled(inner, known) for inner in value]
    return value
