"""Keyboards: what a bot may put under a message, checked as Telegram checks it."""

import json
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from sandbox.entities import require_utf8
from sandbox.links import BadLink, checked_link
from sandbox.refusals import BadRequest, ButtonDataInvalid, CannotParse, ReplyMarkupTooLong
from sandbox.wire import Json

BUTTONS_IN_A_KEYBOARD = 100
MARKUP_BYTES = 10_240
CALLBACK_DATA_BYTES = 64
INLINE = "inline keyboard button"
PLAIN = "keyboard button"
ACTIONS = (
    "callback_data",
    "url",
    "web_app",
    "login_url",
    "switch_inline_query",
    "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat",
    "copy_text",
    "callback_game",
    "pay",
)
ONLY_WITH_CONTENT = ("callback_data", "url")
UNDER_OTHER_MESSAGES = ("callback_game", "pay")
FLAGS = (
    "force_reply",
    "remove_keyboard",
    "resize_keyboard",
    "one_time_keyboard",
    "is_persistent",
    "selective",
)


class Markup(NamedTuple):
    """At most one of the two: buttons under the message, or a keyboard in place of the person's own."""

    inline: Json | None = None
    reply: Json | None = None


NO_MARKUP = Markup()


def read_markup(value: object) -> Markup:
    """From JSON in text, as forms carry it, or from an object."""
    if value is None or value == "":
        return NO_MARKUP
    return _read_text(value) if isinstance(value, str) else _read(value)


@lru_cache(maxsize=1024)
def _read_text(text: str) -> Markup:
    """Remembered: bots send the same few keyboards over and over."""
    try:
        value: object = json.loads(text)
    except ValueError:
        raise BadRequest("can't parse reply keyboard markup JSON object") from None
    return _read(value)


def _read(value: object) -> Markup:
    if not isinstance(value, dict):
        raise BadRequest("object expected as reply markup")
    for name in FLAGS:
        if not isinstance(value.get(name, False), bool):
            raise BadRequest(f'field "{name}" must be of type Boolean')
    if "inline_keyboard" in value:
        return Markup(inline=_keyboard(value, "inline_keyboard"))
    if "keyboard" in value:
        return Markup(reply=_keyboard(value, "keyboard"))
    if value.get("remove_keyboard"):
        return Markup(reply={"remove_keyboard": True})
    if value.get("force_reply"):
        return Markup(reply=value)
    return NO_MARKUP


def read_inline(value: object) -> Json | None:
    """For edits, which know no other keyboard."""
    markup = read_markup(value)
    if markup.reply is not None:
        raise BadRequest("inline keyboard expected")
    return markup.inline


def _keyboard(value: Json, field: str) -> Json | None:
    """Empty rows are dropped, and a keyboard of nothing is none."""
    check = _inline_button if field == "inline_keyboard" else _plain_button
    rows = [[check(button) for button in row] for row in _rows(value[field], field) if row]
    if not rows:
        return None
    if sum(map(len, rows)) > BUTTONS_IN_A_KEYBOARD or _content_bytes(rows) > MARKUP_BYTES:
        raise ReplyMarkupTooLong
    return {field: rows} if check is _inline_button else {**value, field: rows}


def _content_bytes(rows: list[list[Json]]) -> int:
    return sum(len(str(value).encode()) for row in rows for button in row for value in button.values())


def _rows(rows: object, field: str) -> Iterator[list[object]]:
    if not isinstance(rows, list):
        raise BadRequest(f'field "{field}" must be of type Array')
    for row in rows:
        if not isinstance(row, list):
            raise BadRequest(f'field "{field}" must be an Array of Arrays')
        yield row


def _inline_button(button: object) -> Json:
    checked = _button(button, INLINE)
    action = next((name for name in ACTIONS if _names(checked, name)), None)
    if action is None:
        raise CannotParse(INLINE, "Text buttons are unallowed in the inline keyboard")
    if action in UNDER_OTHER_MESSAGES:
        raise BadRequest("BUTTON_TYPE_INVALID")
    if action == "callback_data":
        data = _text(checked, action, INLINE)
        if len(data.encode()) > CALLBACK_DATA_BYTES:
            raise ButtonDataInvalid
    elif action == "url":
        url = _text(checked, action, INLINE)
        try:
            checked["url"] = checked_link(url)
        except BadLink as bad:
            raise BadRequest(f"inline keyboard button URL '{url}' is invalid: {bad}") from None
    return checked


def _plain_button(button: object) -> Json:
    return _button({"text": button} if isinstance(button, str) else button, PLAIN)


def _button(button: object, kind: str) -> Json:
    if not isinstance(button, dict):
        raise CannotParse(kind, "Button must be an Object")
    checked: Json = {name: value for name, value in button.items() if value is not None}
    if "text" not in checked:
        raise CannotParse(kind, 'Can\'t find field "text"')
    if not _text(checked, "text", kind):
        raise BadRequest(f"{kind} text must be non-empty")
    return checked


def _names(button: Json, action: str) -> bool:
    return bool(button.get(action)) if action in ONLY_WITH_CONTENT else action in button


def _text(button: Json, field: str, kind: str) -> str:
    value = button[field]
    if not isinstance(value, str):
        raise CannotParse(kind, f'Field "{field}" must be of type String')
    require_utf8(value)
    return value
