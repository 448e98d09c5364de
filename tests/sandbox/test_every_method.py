"""Every method of aiogram either passes here, its answer read by aiogram's own models, or refuses loudly."""

from typing import Any

import pytest

from sandbox.app import Sandbox
from sandbox.files import FileKind, Upload
from sandbox.methods import PLAYED
from sandbox.methods.catalogue import KNOWN_METHODS
from tests.sandbox.answers import METHODS_OF_AIOGRAM, validated
from tests.sandbox.hand import ANNA, Hand

KEYBOARD = {"inline_keyboard": [[{"text": "Yes", "callback_data": "yes"}, {"text": "Site", "url": "clinic.it"}]]}
REPORT = Upload("report.pdf", "application/pdf", b"%PDF-1.7")
FILE = "the report"
HTML = '<b>Dr <i>Neri</i></b> <a href="https://clinic.it">card</a> <code>/x</code>'

PASSING: dict[str, dict[str, Any]] = {
    "getMe": {},
    "getUpdates": {"limit": 10},
    "deleteWebhook": {"drop_pending_updates": False},
    "getWebhookInfo": {},
    "sendMessage": {"chat_id": ANNA, "text": HTML, "parse_mode": "HTML", "reply_markup": KEYBOARD},
    "editMessageText": {"chat_id": ANNA, "message_id": 2, "text": "Changed", "reply_markup": KEYBOARD},
    "editMessageReplyMarkup": {"chat_id": ANNA, "message_id": 2, "reply_markup": KEYBOARD},
    "editMessageCaption": {"chat_id": ANNA, "message_id": 3, "caption": HTML, "parse_mode": "HTML"},
    "sendDocument": {
        "chat_id": ANNA,
        "document": FILE,
        "caption": HTML,
        "parse_mode": "HTML",
        "reply_markup": KEYBOARD,
    },
    "getFile": {"file_id": FILE},
    "deleteMessage": {"chat_id": ANNA, "message_id": 2},
    "deleteMessages": {"chat_id": ANNA, "message_ids": [2, 555]},
    "answerCallbackQuery": {"text": "Noted", "show_alert": True},
    "sendChatAction": {"chat_id": ANNA, "action": "typing"},
    "setMyCommands": {"commands": [{"command": "start", "description": "Begin"}]},
    "getMyCommands": {},
    "deleteMyCommands": {},
    "setChatMenuButton": {"menu_button": {"type": "commands"}},
    "getChat": {"chat_id": ANNA},
}


def test_the_catalogue_holds_exactly_the_methods_of_aiogram() -> None:
    assert set(METHODS_OF_AIOGRAM) == KNOWN_METHODS


def test_every_played_method_has_a_passing_case() -> None:
    assert set(PASSING) == set(PLAYED)


@pytest.mark.parametrize("name", sorted(PASSING))
async def test_the_answer_is_what_aiogram_expects(bot: Hand, sandbox: Sandbox, name: str) -> None:
    report = sandbox.world.files.put(REPORT, FileKind.DOCUMENT).id_for(int(bot.token.partition(":")[0]))
    parameters = {field: report if value == FILE else value for field, value in PASSING[name].items()}
    await bot.result("setMyCommands", commands=[{"command": "help", "description": "Help"}])
    await bot.result("sendMessage", chat_id=ANNA, text="First", reply_markup={"inline_keyboard": [[YES]]})
    await bot.result("sendDocument", chat_id=ANNA, document=report, caption="First")
    if name == "answerCallbackQuery":
        parameters["callback_query_id"] = (await bot.sim("press", {"person": ANNA, "data": "yes"}))["query_id"]
    answer = await bot.bot(name, **parameters)
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


YES = {"text": "Yes", "callback_data": "yes"}
