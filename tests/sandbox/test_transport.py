"""Addresses, bodies and envelopes, as any client may form them."""

import json
from io import BytesIO
from typing import Any

import aiohttp
import pytest
from yarl import URL

from tests.sandbox.conftest import TOKEN
from tests.sandbox.hand import ANNA, Hand

JSON = "application/json"
BOT = 123456789
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


BROKEN = {
    "text": f'{{"chat_id": {ANNA}, "text": "Hi", "reply_markup": {{"inline',
    "a comma too many": f'{{"chat_id": {ANNA}, "text": "Hi",}}',
    "no number": f'{{"chat_id": {ANNA}, "text": "Hi", "x": NaN}}',
    "an endless number": f'{{"chat_id": {ANNA}, "text": "Hi", "x": 1e999}}',
    "too many digits": f'{{"chat_id": {ANNA}, "text": "Hi", "x": {"9" * 5000}}}',
    "a thousand levels": f'{{"chat_id": {ANNA}, "text": "Hi", "x": {"[" * 1000}{"]" * 1000}}}',
    "a million levels": f'{{"chat_id": {ANNA}, "text": "Hi", "x": {"[" * 100_000}',
    "a name without a value": f'{{"chat_id": {ANNA}, "text": "Hi", "x"}}',
}


async def post(hand: Hand, method: str, body: bytes, content_type: str) -> Any:
    headers = {"Content-Type": content_type}
    async with hand.session.post(f"{hand.url}/bot{TOKEN}/{method}", data=BytesIO(body), headers=headers) as response:
        return {"status": response.status, **await response.json()}


@pytest.mark.parametrize("body", BROKEN.values(), ids=BROKEN)
async def test_of_broken_json_what_stands_before_the_break_counts(bot: Hand, body: str) -> None:
    answer = await post(bot, "sendMessage", body.encode(), JSON)
    assert answer["result"]["text"] == "Hi"


@pytest.mark.parametrize("body", ["", "{", "[1]", '"chat_id"', "7", '{"chat_id', "{7: 7}", '{"chat_id" 7}'])
async def test_a_body_without_members_says_nothing(bot: Hand, body: str) -> None:
    assert (await post(bot, "getMe", body.encode(), JSON))["status"] == 200
    assert (await post(bot, "sendMessage", body.encode(), JSON))["description"] == "Bad Request: message text is empty"


MALFORMED = {
    "JSON": (b'{"chat_id": 1001, "text": "\xff"}', "application/json"),
    "half a pair in JSON": (b'{"chat_id": 1001, "text": "\\ud83d"}', "application/json"),
    "half a pair in broken JSON": (b'{"chat_id": 1001, "text": "\\ud83d", ', "application/json"),
    "half a pair in JSON in text": (
        b'{"chat_id": 1001, "text": "x", "link_preview_options": {"url": "\\uDE00"}}',
        "application/json",
    ),
    "half a pair in a keyboard in text": (
        b'chat_id=1001&text=x&reply_markup={"force_reply":true,"input_field_placeholder":"\\uDE00"}',
        "application/x-www-form-urlencoded",
    ),
    "a form": (b"chat_id=1001&text=%ff", "application/x-www-form-urlencoded"),
    "a raw form": (b"chat_id=1001&text=\xd0", "application/x-www-form-urlencoded"),
    "a form with files": (
        b'--b\r\nContent-Disposition: form-data; name="text"\r\n\r\n\xd0\r\n--b--\r\n',
        "multipart/form-data; boundary=b",
    ),
    "the name of a file": (
        b'--b\r\nContent-Disposition: form-data; name="a"; filename="%ff"\r\n\r\nx\r\n--b--\r\n',
        "multipart/form-data; boundary=b",
    ),
}


@pytest.mark.parametrize(("body", "content_type"), MALFORMED.values(), ids=MALFORMED)
async def test_what_is_no_utf8_is_refused(bot: Hand, body: bytes, content_type: str) -> None:
    answer = await post(bot, "sendMessage", body, content_type)
    assert (answer["status"], answer["description"]) == (400, "Bad Request: strings must be encoded in UTF-8")
    assert (await bot.sim("log"))["calls"][-1]["status"] == 400


async def test_what_is_no_utf8_in_the_address_is_refused_too(bot: Hand) -> None:
    address = URL(f"{bot.url}/bot{TOKEN}/sendMessage?chat_id={ANNA}&text=%FF", encoded=True)
    async with bot.session.get(address) as response:
        assert (await response.json())["description"] == "Bad Request: strings must be encoded in UTF-8"


async def test_whole_pairs_of_surrogates_are_a_letter(bot: Hand) -> None:
    answer = await post(bot, "sendMessage", b'{"chat_id": 1001, "text": "\\ud83d\\ude00 \\\\ud800"}', JSON)
    assert answer["result"]["text"] == "😀 \\ud800"


@pytest.mark.parametrize("end", ["}", ""], ids=["whole", "broken"])
async def test_of_equal_names_in_json_the_first_counts_too(bot: Hand, end: str) -> None:
    body = b'{"chat_id": 1001, "text": "first", "text": "second", "parse_mode": ""' + end.encode()
    assert (await post(bot, "sendMessage", body, JSON))["result"]["text"] == "first"


async def test_the_address_counts_before_the_body_and_the_first_before_the_second(bot: Hand) -> None:
    form = "application/x-www-form-urlencoded"
    answer = await post(bot, f"sendMessage?chat_id={ANNA}&text=first&text=second", b"text=third&text=fourth", form)
    assert answer["result"]["text"] == "first"
    answer = await post(bot, f"sendMessage?chat_id={ANNA}", b"text=third&text=fourth&&=5&chat_id=7", form)
    assert answer["result"]["text"] == "third"
    assert (await bot.sim("log"))["calls"][-1]["params"] == {"chat_id": ANNA, "text": "third"}


@pytest.mark.parametrize("kind", [f"{JSON}; charset=utf-8", "Application/JSON", f"{JSON};charset=cp1251"])
async def test_the_charset_of_the_header_changes_nothing(bot: Hand, kind: str) -> None:
    answer = await post(bot, "sendMessage", f'{{"chat_id": {ANNA}, "text": "Привет"}}'.encode(), kind)
    assert answer["result"]["text"] == "Привет"


async def test_a_body_of_another_kind_says_nothing(bot: Hand) -> None:
    answer = await post(bot, "sendMessage", b'{"chat_id": 1001}', "text/plain")
    assert answer["description"] == "Bad Request: message text is empty"


async def test_a_long_text_fits_into_the_address(bot: Hand) -> None:
    parameters = {"chat_id": str(ANNA), "text": "Ж" * 4096}
    async with bot.session.get(f"{bot.url}/bot{TOKEN}/sendMessage", params=parameters) as response:
        assert (await response.json())["result"]["text"] == "Ж" * 4096


async def test_the_method_may_be_a_parameter(bot: Hand) -> None:
    answer = await post(bot, "", b"method=SENDmessage&chat_id=1001&text=Hi", "application/x-www-form-urlencoded")
    assert answer["result"]["text"] == "Hi"


async def test_a_header_that_lies_about_compression(bot: Hand) -> None:
    headers = {"Content-Type": JSON, "Content-Encoding": "gzip"}
    async with bot.session.post(f"{bot.url}/bot{TOKEN}/getMe", data=b"{}" * 40, headers=headers) as response:
        assert response.status == 400
        assert (await response.json())["error_code"] == 400


@pytest.mark.parametrize("kind", ["application/x-www-form-urlencoded", "multipart/form-data; boundary=b", "text/plain"])
async def test_a_body_beyond_the_limit(hand: Hand, kind: str) -> None:
    answer = await post(hand, "sendDocument", bytes(52 * 2**20), kind)
    refusal = {"ok": False, "error_code": 413, "description": "Request Entity Too Large"}
    assert answer == {"status": 413, **refusal}
    (call,) = (await hand.sim("log"))["calls"]
    assert (call["method"], call["bot"], call["params"], call["response"]) == ("sendDocument", BOT, {}, refusal)


@pytest.mark.parametrize("kind", [JSON, "application/x-www-form-urlencoded"])
async def test_more_parameters_than_a_megabyte(hand: Hand, kind: str) -> None:
    answer = await post(hand, "getMe", b"x" * (2**20 + 1), kind)
    assert (answer["status"], answer["description"]) == (413, "Request Entity Too Large: too many parameters")


async def test_a_wrong_token_is_written_down_without_its_secret(hand: Hand) -> None:
    await hand.bot("getMe", token="123456789:short")
    (call,) = (await hand.sim("log"))["calls"]
    assert (call["bot"], call["method"], call["status"]) == (None, "getMe", 401)


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
