"""Files, albums, copies and edits that no client would send, on the bare wire."""

import json
from typing import Any

import pytest

from sandbox.files import UPLOAD_BYTES
from tests.sandbox.hand import ANNA, Hand
from tests.sandbox.pictures import PNG, form

SENT = ("photo", "document", "video", "audio", "voice", "animation")
WRONG_FILE = "wrong file identifier/HTTP URL specified"

BARE: tuple[tuple[str, dict[str, Any], str], ...] = (
    *((f"send{kind.capitalize()}", {}, f"there is no {kind} in the request") for kind in SENT),
    *((f"send{kind.capitalize()}", {kind: "attach://nowhere"}, f"there is no {kind} in the request") for kind in SENT),
    ("sendPhoto", {"photo": {"not": ["a", "file"]}}, WRONG_FILE),
    ("sendPhoto", {"photo": True}, WRONG_FILE),
    ("sendLocation", {}, "latitude is empty"),
    ("sendLocation", {"latitude": 1}, "longitude is empty"),
    ("sendLocation", {"latitude": "1e999", "longitude": 1}, "wrong location specified"),
    ("sendLocation", {"latitude": 10**30, "longitude": 1}, "wrong location specified"),
    ("sendContact", {"first_name": "A"}, 'parameter "phone_number" is required'),
    ("sendContact", {"phone_number": "112", "first_name": ""}, 'parameter "first_name" is required'),
    ("sendMediaGroup", {"media": []}, "there are no messages to send"),
    ("sendMediaGroup", {}, 'parameter "media" is required'),
    ("sendMediaGroup", {"media": "["}, "can't parse media JSON object"),
    ("sendMediaGroup", {"media": "[" * 5000}, "can't parse media JSON object"),
    ("sendMediaGroup", {"media": {}}, "expected an Array of InputMedia"),
    ("sendMediaGroup", {"media": [1]}, "can't parse InputMedia: expected an Object"),
    ("sendMediaGroup", {"media": [{}]}, "can't parse InputMedia: media not found"),
    ("sendMediaGroup", {"media": [{"type": "photo"}]}, "can't parse InputMedia: media not found"),
    (
        "sendMediaGroup",
        {"media": [{"type": "photo", "media": "attach://nowhere"}]},
        "can't parse InputMedia: media not found",
    ),
    ("sendMediaGroup", {"media": [{"media": "x"}]}, "can't parse InputMedia: Can't find field \"type\""),
    (
        "sendMediaGroup",
        {"media": [{"type": "animation", "media": "x"}]},
        "can't parse InputMedia: type \"animation\" can't be used in sendMediaGroup",
    ),
    (
        "sendMediaGroup",
        {"media": [{"type": "sticker", "media": "x"}]},
        'can\'t parse InputMedia: type "sticker" is unsupported',
    ),
    (
        "sendMediaGroup",
        {"media": [{"type": "photo", "media": "x", "has_spoiler": "yes"}]},
        'can\'t parse InputMedia: Field "has_spoiler" must be of type Boolean',
    ),
    (
        "sendMediaGroup",
        {"media": [{"type": "photo", "media": "x", "caption": []}]},
        'can\'t parse InputMedia: Field "caption" must be of type String',
    ),
    (
        "sendMediaGroup",
        {"media": [{"type": "video", "media": "x", "width": 10**40}]},
        'can\'t parse InputMedia: Field "width" must be a valid Number',
    ),
    ("editMessageMedia", {"message_id": 1}, 'parameter "media" is required'),
    ("editMessageMedia", {"message_id": 1, "media": "{"}, "can't parse input media JSON object"),
    ("editMessageMedia", {"message_id": 1, "media": []}, "can't parse InputMedia: expected an Object"),
    ("editMessageMedia", {"media": {"type": "photo", "media": "x"}}, "message identifier is not specified"),
    ("copyMessage", {"message_id": 1}, 'parameter "from_chat_id" is required'),
    ("copyMessage", {"from_chat_id": ANNA}, "message identifier is not specified"),
    ("forwardMessage", {"message_id": 1}, 'parameter "from_chat_id" is required'),
    ("forwardMessages", {"message_ids": [1]}, 'parameter "from_chat_id" is required'),
    ("copyMessages", {"from_chat_id": ANNA}, "message identifiers are not specified"),
    ("copyMessages", {"from_chat_id": ANNA, "message_ids": "[1"}, "can't parse message_ids JSON object"),
    ("copyMessages", {"from_chat_id": ANNA, "message_ids": 7}, "expected an Array of message identifiers"),
    ("copyMessages", {"from_chat_id": ANNA, "message_ids": [[]]}, "message identifier must be a Number"),
    ("deleteMessages", {"message_ids": ["x"]}, "can't parse message identifier as Number"),
    ("deleteMessages", {"message_ids": [2**31]}, "can't parse message identifier as Number"),
    ("deleteMessages", {"message_ids": [1.5]}, "can't parse message identifier as Number"),
)


@pytest.mark.parametrize(("method", "parameters", "told"), BARE)
async def test_what_no_client_would_send_is_refused_too(
    bot: Hand, method: str, parameters: dict[str, Any], told: str
) -> None:
    assert await bot.refusal(method, **{"chat_id": ANNA, **parameters}) == f"Bad Request: {told}"


@pytest.mark.parametrize("kind", SENT)
async def test_sending_by_an_address_is_refused_loudly(bot: Hand, kind: str) -> None:
    method = f"send{kind.capitalize()}"
    answer = await bot.bot(method, chat_id=ANNA, **{kind: "https://clinic.it/a.bin"})
    assert (answer.status, answer.json["description"]) == (
        501,
        f"Not Implemented: {method} by an address is not in the sandbox yet",
    )


async def test_more_than_fifty_megabytes_are_too_much_for_an_album(bot: Hand) -> None:
    media = [{"type": "photo", "media": "attach://one"}, {"type": "video", "media": "attach://two"}]
    parts = {"one": PNG, "two": bytes(UPLOAD_BYTES + 1)}
    envelope = await form(bot, "sendMediaGroup", parts, chat_id=ANNA, media=json.dumps(media))
    assert envelope == {"ok": False, "error_code": 413, "description": "Request Entity Too Large"}


NONSENSE: tuple[Any, ...] = (None, "", "\0", "[", "{}", [], {}, [[]], [{}], True, -1, 1.5, 10**400, "9" * 400, "ż" * 50)
ITEM = {"type": "video", "media": "x"}
FIELDS = {
    **{f"send{kind.capitalize()}": (kind, "caption", "thumbnail", "duration", "width", "title") for kind in SENT},
    "sendLocation": ("latitude", "longitude", "horizontal_accuracy", "live_period", "heading"),
    "sendContact": ("phone_number", "first_name", "last_name", "vcard"),
    "sendMediaGroup": ("media", "reply_parameters", "message_thread_id"),
    "editMessageMedia": ("message_id", "media", "reply_markup"),
    "editMessageCaption": ("message_id", "caption", "caption_entities", "show_caption_above_media"),
    "copyMessage": ("from_chat_id", "message_id", "caption", "reply_markup"),
    "copyMessages": ("from_chat_id", "message_ids", "remove_caption"),
    "forwardMessage": ("from_chat_id", "message_id", "message_thread_id"),
    "forwardMessages": ("from_chat_id", "message_ids", "protect_content"),
    "getFile": ("file_id",),
}


@pytest.mark.parametrize("method", FIELDS)
async def test_nonsense_is_refused_and_never_breaks_the_server(bot: Hand, method: str) -> None:
    sound: dict[str, Any] = {
        "chat_id": ANNA,
        "from_chat_id": ANNA,
        "message_id": 1,
        "message_ids": [1],
        "media": [ITEM],
    }
    items = [{**ITEM, name: value} for name in (*ITEM, "caption", "thumbnail", "width") for value in NONSENSE]
    for field in FIELDS[method]:
        for value in (*NONSENSE, *([*items, items] if field == "media" else ())):
            answer = await bot.bot(method, **{**sound, field: value})
            assert answer.status in (200, 400), (field, value, answer.json)
