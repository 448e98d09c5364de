"""Keyboards: what a bot may put under a message, checked as Telegram checks it."""

from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple

from sandbox.bad_requests import CannotParse, ReplyMarkupTooLong
from sandbox.calls.fields import WrongField, array_field, flag_field, lowered, text_field
from sandbox.calls.json_text import NotUtf8, read_json
from sandbox.keyboards.buttons import INLINE, ONLY_IN_PRIVATE, PLAIN, inline_button, plain_button
from sandbox.refusals import BadRequest
from sandbox.wire import Json

INLINE_BUTTONS = 100
KEPT_BUTTONS = 300
KEPT_IN_A_ROW = 12
MARKUP_BYTES = 10_240
FLAGS = ("remove_keyboard", "selective", "force_reply")
KEYBOARD_FLAGS = ("resize_keyboard", "one_time_keyboard", "is_persistent")
PLACEHOLDER = "input_field_placeholder"


class Markup(NamedTuple):
    """At most one of the two: buttons under the message, or a keyboard in place of the person's own."""

    inline: Json | None = None
    reply: Json | None = None

    @property
    def pays(self) -> bool:
        return self.inline is not None and any("pay" in button for button in buttons_of(self.inline))


NO_MARKUP = Markup()


def read_markup(value: object, *, invoice: bool = False) -> Markup:
    """From JSON in text, as forms carry it, or from an object. Only under an invoice may one pay."""
    if value is None or value == "":
        return NO_MARKUP
    markup = _read_text(value) if isinstance(value, str) else _read(value)
    if markup.pays and not invoice:
        raise BadRequest("BUTTON_TYPE_INVALID")
    return markup


def read_inline(value: object, *, invoice: bool = False) -> Json | None:
    """For edits, which know no other keyboard."""
    markup = read_markup(value, invoice=invoice)
    if markup.reply is not None:
        raise BadRequest("inline keyboard expected")
    return markup.inline


def require_private(markup: Markup) -> None:
    """Asked outside of private chats, where nobody can be asked for a number or a place."""
    for button in buttons_of(markup.reply) if markup.reply else ():
        for action, told in ONLY_IN_PRIVATE.items():
            if action in button:
                raise BadRequest(told)


def buttons_of(keyboard: Json) -> list[Json]:
    rows = keyboard.get("inline_keyboard") or keyboard.get("keyboard")
    return [button for row in rows for button in row] if isinstance(rows, list) else []


@lru_cache(maxsize=1024)
def _read_text(text: str) -> Markup:
    """Remembered: bots send the same few keyboards over and over."""
    try:
        value = read_json(text)
    except NotUtf8:
        raise BadRequest("strings must be encoded in UTF-8") from None
    except ValueError:
        raise BadRequest("can't parse reply keyboard markup JSON object") from None
    return _read(value)


def _read(value: object) -> Markup:
    if not isinstance(value, dict):
        raise BadRequest("object expected as reply markup")
    try:
        return _markup(value)
    except WrongField as wrong:
        raise BadRequest(lowered(str(wrong))) from None


def _markup(value: Json) -> Markup:
    """The first of what it holds counts: a keyboard, buttons, its removal, a reply that is asked for."""
    rows = _rows(value, "keyboard", "", plain_button, PLAIN)
    inline = _rows(value, "inline_keyboard", " of the InlineKeyboardMarkup", inline_button, INLINE)
    flags = {name: True for name in FLAGS if flag_field(value, name)}
    selective: Json = {"selective": True} if "selective" in flags else {}
    placeholder = text_field(value, PLACEHOLDER)
    asking: Json = {**selective, PLACEHOLDER: placeholder} if placeholder else selective
    if rows is not None:
        looks = {name: True for name in KEYBOARD_FLAGS if flag_field(value, name)}
        return Markup(reply={"keyboard": rows, **looks, **asking}) if rows else NO_MARKUP
    if inline is not None:
        return Markup(inline=_inline(inline))
    if "remove_keyboard" in flags:
        return Markup(reply={"remove_keyboard": True, **selective})
    return Markup(reply={"force_reply": True, **asking}) if "force_reply" in flags else NO_MARKUP


def _inline(rows: list[list[Json]]) -> Json | None:
    if sum(map(len, rows)) > INLINE_BUTTONS:
        raise ReplyMarkupTooLong
    return {"inline_keyboard": rows} if rows else None


def _rows(
    value: Json, name: str, where: str, read: Callable[[object], Json | None], called: str
) -> list[list[Json]] | None:
    """None where there is no keyboard; rows of nothing are dropped, and so is what Telegram has no room for."""
    given = array_field(value, name)
    kept: list[list[Json]] = []
    for row in given:
        if not isinstance(row, list):
            raise WrongField(f'Field "{name}"{where} must be an Array of Arrays')
        try:
            buttons = [button for button in map(read, row) if button is not None]
        except WrongField as wrong:
            raise CannotParse(called, str(wrong)) from None
        room = min(KEPT_IN_A_ROW, KEPT_BUTTONS - sum(map(len, kept)))
        if buttons[:room]:
            kept.append(buttons[:room])
    if _bytes(kept) > MARKUP_BYTES:
        raise ReplyMarkupTooLong
    return kept if given else None


def _bytes(rows: list[list[Json]]) -> int:
    return sum(len(str(value).encode(errors="replace")) for row in rows for button in row for value in button.values())
