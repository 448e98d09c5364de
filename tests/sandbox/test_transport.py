"""Addresses, bodies and envelopes, as any client may form them."""

import json
from io import BytesIO
from typing import Any

import aiohttp
import pytest

from tests.sandbox.conftest import TOKEN
from tests.sandbox.hand import ANNA, Hand

KEYBOARD = {"inline_keyboard": [[{"text": "A", "callback_data": "a"}]]}


@pytest.mark.parametrize("name", ["getMe", "getme", "GETME", "GeTmE"])
@pytest.mark.parametrize("verb", ["GET", "POST"])
async def test_names_in_any_case_by_get_and_post(hand: Hand, name: str, verb: str) -> None:
    async with hand.session.request(verb, f"{hand.url}/bot{TOKEN}/{name}") as response:
        assert response.status == 200
        assert response.content_type == "application/json"
        me = (await response.json())["result"]
    assert me["id"] == 123456789
    assert me["username"] == "demo_123456789_bot"
    assert me["first_name"] == "Reception"


def forms() -> dict[str, dict[str, Any]]:
    """The same call in every shape; in forms the keyboard is JSON in text."""
    flat = {"chat_id": str(ANNA), "text": "Hi", "reply_markup": json.dumps(KEYBOARD), "nonsense": "ignored"}
    multipart = aiohttp.FormData(default_to_multipart=True)
    for name, value in flat.items():
        multipart.add_field(name, value)
    return {
        "query": {"params": flat},
        "urlencoded": {"data": flat},
        "multipart": {"data": multipart},
        "json": {"json": {"chat_id": ANNA, "text": "Hi", "reply_markup": KEYBOARD, "nonsense": [1]}},
        "json with JSON in text": {"json": flat},
    }


@pytest.mark.parametrize("shape", list(forms()))
async def test_every_shape_of_a_call_is_the_same_call(bot: Hand, shape: str) -> None:
    async with bot.session.post(f"{bot.url}/bot{TOKEN}/sendMessage", **forms()[shape]) as response:
        message = (await response.json())["result"]
    assert message["text"] == "Hi"
    assert message["reply_markup"] == KEYBOARD
    logged = (await bot.sim("log", method="sendMessage"))["calls"][-1]
    assert logged["params"]["chat_id"] == ANNA
    assert logged["params"]["reply_markup"] == KEYBOARD


async def test_a_file_in_a_form_does_no_harm(bot: Hand) -> None:
    form = aiohttp.FormData()
    form.add_field("chat_id", str(ANNA))
    form.add_field("text", "Hi")
    form.add_field("stray", b"bytes", filename="a.pdf")
    async with bot.session.post(f"{bot.url}/bot{TOKEN}/sendMessage", data=form) as response:
        assert response.status == 200
    assert (await bot.sim("log"))["calls"][-1]["params"]["stray"] == "a.pdf (5 bytes)"


@pytest.mark.parametrize(
    "token", ["123456789", "123456789:short", "abc:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw0", f"{TOKEN}x", "0" + TOKEN]
)
async def test_a_token_of_another_form_is_unauthorized(hand: Hand, token: str) -> None:
    answer = await hand.bot("getMe", token=token)
    assert (answer.status, answer.json["description"]) == (401, "Unauthorized")


async def test_a_second_secret_for_the_same_bot_is_unauthorized(hand: Hand) -> None:
    await hand.result("getMe")
    answer = await hand.bot("getMe", token=TOKEN[:-1] + "X")
    assert answer.json == {"ok": False, "error_code": 401, "description": "Unauthorized"}


async def test_a_method_that_does_not_exist(hand: Hand) -> None:
    answer = await hand.bot("sendTelegram")
    assert answer.json == {"ok": False, "error_code": 404, "description": "Not Found: method not found"}
    assert answer.status == 404


async def test_an_address_without_a_method(hand: Hand) -> None:
    async with hand.session.get(f"{hand.url}/bot{TOKEN}") as response:
        assert (response.status, (await response.json())["error_code"]) == (404, 404)


@pytest.mark.parametrize("body", [b"{", b"[1]", b"\xff"])
async def test_a_body_that_is_no_json_object(hand: Hand, body: bytes) -> None:
    headers = {"Content-Type": "application/json"}
    async with hand.session.post(f"{hand.url}/bot{TOKEN}/getMe", data=body, headers=headers) as response:
        assert response.status == 400


async def test_a_body_beyond_the_limit(hand: Hand) -> None:
    body = BytesIO(b"x" * (52 * 2**20))
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    async with hand.session.post(f"{hand.url}/bot{TOKEN}/sendMessage", data=body, headers=headers) as response:
        answer = await response.json()
    assert answer == {"ok": False, "error_code": 413, "description": "Request Entity Too Large"}


@pytest.mark.parametrize(
    ("parameters", "told"),
    [
        ({"text": "x"}, "chat_id is empty"),
        ({"chat_id": "", "text": "x"}, "chat_id is empty"),
        ({"chat_id": "@clinic", "text": "x"}, "chat not found"),
        ({"chat_id": "9" * 5000, "text": "x"}, "chat not found"),
        ({"chat_id": 0}, "message text is empty"),
        ({"chat_id": ANNA, "text": "x", "parse_mode": "BBCode"}, "unsupported parse_mode"),
        ({"chat_id": ANNA, "text": "x", "reply_markup": "{"}, "can't parse reply keyboard markup JSON object"),
        ({"chat_id": ANNA, "text": "x", "reply_markup": "[]"}, "object expected as reply markup"),
        ({"chat_id": ANNA, "text": "x", "message_thread_id": 5}, "message thread not found"),
        ({"chat_id": ANNA, "text": "x\ud800"}, "strings must be encoded in UTF-8"),
        ({"chat_id": ANNA, "text": "x", "reply_parameters": {"quote": "y"}}, 'can\'t find field "message_id"'),
    ],
)
async def test_what_is_wrong_with_a_call(bot: Hand, parameters: dict[str, Any], told: str) -> None:
    assert await bot.refusal("sendMessage", **parameters) == f"Bad Request: {told}"


async def test_other_markup_languages_refuse_loudly(bot: Hand) -> None:
    told = await bot.refusal("sendMessage", chat_id=ANNA, text="*x*", parse_mode="MarkdownV2")
    assert told == "Not Implemented: parse_mode MarkdownV2 is not in the sandbox yet"
