"""Calls gone mad: plausible parameters of every method, broken in every way a body can carry."""

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple
from urllib.parse import quote_from_bytes

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from tests.sandbox.answers import METHODS_OF_AIOGRAM
from tests.sandbox.hand import ANNA, BORIS

GROUP = -1_001_000_000_001
PRICES = [{"label": "Visit", "amount": 5000}]
BUTTON = {"text": "A", "callback_data": "a"}
PICTURE = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1\x08\2\0\0\0"
USUALLY_NEEDED = ("chat_id", "message_id", "text")
FILES = ("document", "photo", "video", "audio", "voice", "animation", "thumbnail", "certificate", "cover", "stray")
ENTITIES = [{"type": "bold", "offset": 0, "length": 2}, {"type": "text_link", "offset": 0, "length": 1, "url": "a.it"}]

PLAUSIBLE: dict[str, tuple[Any, ...]] = {
    "action": ("typing",),
    "allowed_updates": (["message"], []),
    "amount": (100,),
    "caption": ("<b>x</b>", "x"),
    "caption_entities": (ENTITIES,),
    "chat_id": (ANNA, GROUP, ANNA, GROUP, "@duty", BORIS),
    "from_chat_id": (ANNA, GROUP),
    "commands": ([{"command": "start", "description": "Begin"}],),
    "currency": ("EUR", "XTR"),
    "description": ("A visit",),
    "document": ("attach://stray", "https://clinic.it/a.pdf", "BQACAgI"),
    "drop_pending_updates": (True,),
    "entities": (ENTITIES,),
    "icon_color": (7322096,),
    "is_big": (True,),
    "language_code": ("it",),
    "latitude": (45.4,),
    "longitude": (9.2,),
    "limit": (1, 100),
    "link_preview_options": ({"is_disabled": True, "url": "a.it"},),
    "max_connections": (40,),
    "max_tip_amount": (100,),
    "media": (
        [{"type": "photo", "media": "attach://photo", "caption": "x"}, {"type": "photo", "media": "attach://stray"}],
        {"type": "document", "media": "attach://stray", "caption": "x", "caption_entities": ENTITIES},
    ),
    "menu_button": ({"type": "web_app", "text": "x", "web_app": {"url": "https://a.it"}}, {"type": "commands"}),
    "message_id": (1, 2, 3),
    "message_ids": ([1, 2, 3],),
    "message_thread_id": (1, 2, 3),
    "name": ("Topic",),
    "offset": (1, -1),
    "ok": (True, False),
    "parse_mode": ("HTML", "MarkdownV2", "Markdown"),
    "payload": ("order",),
    "first_name": ("Anna",),
    "phone_number": ("+390212345",),
    "photo": ("attach://stray", "attach://photo"),
    "prices": (PRICES,),
    "provider_data": ("{}",),
    "reaction": ([{"type": "emoji", "emoji": "👍"}], []),
    "reply_markup": (
        {"inline_keyboard": [[BUTTON, {"text": "B", "url": "a.it"}, {"text": "C", "copy_text": {"text": "x"}}]]},
        {"keyboard": [["A", {"text": "B", "request_contact": True}]], "resize_keyboard": True},
        {"remove_keyboard": True},
        {"force_reply": True, "input_field_placeholder": "x"},
    ),
    "reply_parameters": ({"message_id": 1, "quote": "x", "chat_id": ANNA, "quote_entities": ENTITIES},),
    "scope": ({"type": "chat", "chat_id": ANNA}, {"type": "chat_member", "chat_id": GROUP, "user_id": ANNA}),
    "secret_token": ("secret",),
    "suggested_tip_amounts": ([10, 20],),
    "text": ("Hello", "<b>x", "*x*", "/start", "a.it " * 9),
    "timeout": (0,),
    "title": ("Visit",),
    "url": ("http://127.0.0.1:9/hook", ""),
    "user_id": (ANNA,),
}

NUMBERS = (0, -1, 1.5, -0.0, 2**31, 2**63, 2**64, -(2**63), 10**30, 10**4000, 1e308, float("nan"), float("inf"))
TEXTS = ("", " ", "\0", "\ud800", "x\udfff", "😀" * 30, "x" * 5000, "@", "attach://", "attach://nothing", "٣", "9" * 30)
CODE = ("null", "true", "{", "[[", "{}", "[]", "[" * 2000, '{"a":' * 150, "--1", "1e5", "<b>" * 3000, "&#x110000;")
NESTED: tuple[Any, ...] = (
    [],
    {},
    [[]],
    [None],
    [[], {}],
    [1] * 300,
    {"type": None},
    {"": ""},
    [{"type": []}],
    {"type": "\ud800"},
)
NASTY: tuple[Any, ...] = (None, True, False, *NUMBERS, *TEXTS, *CODE, *NESTED, {"a": {"b": {"c": [[[[[[]]]]]]}}})

values: SearchStrategy[Any] = st.one_of(
    st.sampled_from(NASTY),
    st.text(max_size=12),
    st.integers(),
    st.floats(),
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=4),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
        max_leaves=5,
    ),
)


class Wild(NamedTuple):
    """A body and what it claims to be."""

    body: bytes
    content_type: str


def wild_calls(method: str, real: Mapping[str, Sequence[Any]]) -> SearchStrategy[Wild]:
    """`real` are values that exist only in this sandbox: identifiers of files and of queries."""
    known = {**PLAUSIBLE, **real}
    model = METHODS_OF_AIOGRAM[method].model_fields
    needed = [name for name, field in model.items() if field.is_required() or name in USUALLY_NEEDED]
    rest = sorted(set(model) - set(needed))
    parameters = _parameters(needed, rest, known)
    return st.builds(lambda parameters, shape: shape(parameters), parameters, st.sampled_from(SHAPES))


@st.composite
def _parameters(draw: DrawFn, needed: list[str], rest: list[str], known: Mapping[str, Sequence[Any]]) -> dict[str, Any]:
    """Mostly plausible, a few of them broken, perhaps one left out."""
    some = draw(st.lists(st.sampled_from(rest), max_size=4, unique=True)) if rest else []
    fields = needed + some
    wrong = draw(st.lists(st.sampled_from(fields), max_size=2, unique=True)) if fields else []
    parameters: dict[str, Any] = {}
    for field in fields:
        plausible = draw(st.sampled_from(known[field]) if field in known else values)
        parameters[field] = draw(_broken(plausible)) if field in wrong else plausible
    if wrong and draw(st.integers(0, 9)) == 0:
        del parameters[wrong[0]]
    if "offset" in parameters:
        parameters.pop("timeout", None)
    return parameters


@st.composite
def _broken(draw: DrawFn, value: Any) -> Any:
    """The same shape with something wrong in its depths."""
    if isinstance(value, dict) and value:
        key = draw(st.sampled_from(sorted(value)))
        if draw(st.booleans()):
            return {name: inner for name, inner in value.items() if name != key}
        return {**value, key: draw(_broken(value[key]))}
    if isinstance(value, list) and value:
        place = draw(st.integers(0, len(value) - 1))
        return [*value[:place], draw(_broken(value[place])), *value[place + 1 :]]
    return draw(values)


def _as_json(parameters: dict[str, Any]) -> Wild:
    return Wild(json.dumps(parameters).encode(), "application/json")


def _as_form(parameters: dict[str, Any]) -> Wild:
    pairs = (f"{_quoted(name)}={_quoted(_text(value))}" for name, value in parameters.items())
    return Wild("&".join(pairs).encode(), "application/x-www-form-urlencoded")


def _as_multipart(parameters: dict[str, Any]) -> Wild:
    parts = [_part(name, _bytes(_text(value))) for name, value in parameters.items() if name not in FILES]
    parts += [_part(f'{name}"; filename="a.{name}', PICTURE) for name in FILES if name in parameters or name == "stray"]
    return Wild(b"".join(parts) + b"--b--\r\n", "multipart/form-data; boundary=b")


def _part(name: str, content: bytes) -> bytes:
    return f'--b\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n'.encode() + content + b"\r\n"


def _text(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value)


def _quoted(text: str) -> str:
    return quote_from_bytes(_bytes(text))


def _bytes(text: str) -> bytes:
    return text.encode(errors="surrogatepass")


SHAPES: tuple[Callable[[dict[str, Any]], Wild], ...] = (_as_json, _as_form, _as_multipart)
