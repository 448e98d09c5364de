"""A raw update on its way into the inbox."""

import json

import pytest

from bot.intake.arrivals import arrival

CHAT = {"id": 1001, "type": "private"}


def message(text: str, number: int = 5) -> dict[str, object]:
    return {"update_id": number, "message": {"message_id": 1, "chat": CHAT, "text": text}}


def test_the_key_names_bot_and_update() -> None:
    assert arrival(7, message("hello")).key == "7:5"


@pytest.mark.parametrize(
    "update",
    [
        {"message": {"chat": CHAT}},
        {"edited_message": {"chat": CHAT}},
        {"my_chat_member": {"chat": CHAT}},
        {"callback_query": {"from": {"id": 5}, "message": {"chat": CHAT}}},
        {"callback_query": {"from": {"id": 1001}, "inline_message_id": "x"}},
    ],
)
def test_the_lane_is_the_chat(update: dict[str, object]) -> None:
    assert arrival(7, {"update_id": 5, **update}).lane == "1001"


def test_what_belongs_to_no_chat_has_a_lane_of_its_own() -> None:
    assert arrival(7, {"update_id": 5, "poll": {"id": "1"}}).lane == "7:5"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Ze\x00ro", "Zero"),
        ("half a \ud83d smile", "half a  smile"),
        ("the other \ude00 half", "the other  half"),
        ("\x00\ud800\udfff", ""),
        ("a whole 😀", "a whole 😀"),
        ("e\u0301 and \u200d and \ufffd\t\n\x7f", "e\u0301 and \u200d and \ufffd\t\n\x7f"),
        ("ﬁ Ⅳ ½", "ﬁ Ⅳ ½"),
    ],
)
def test_only_what_no_database_stores_is_taken_out(typed: str, kept: str) -> None:
    assert arrival(7, message(typed)).payload["message"]["text"] == kept


def test_it_is_taken_out_however_deep_it_lies() -> None:
    update = {"update_id": 5, "message": {"chat": CHAT, "photo": [{"file_id": "a\x00b", "width": 1, "live": None}]}}
    assert arrival(7, update).payload["message"]["photo"] == [{"file_id": "ab", "width": 1, "live": None}]


def test_lone_halves_come_in_as_json_and_can_leave_as_utf_8() -> None:
    update = json.loads('{"update_id": 5, "message": {"chat": {"id": 1}, "text": "\\ud83d\\ude00 \\ud83d"}}')
    assert arrival(7, update).payload["message"]["text"].encode() == "😀 ".encode()
