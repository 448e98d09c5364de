"""The buttons of keyboards, each read into what Telegram keeps of it: one action, and how it looks."""

from collections.abc import Callable
from typing import Final

from sandbox.bad_requests import ButtonDataInvalid
from sandbox.calls.fields import (
    SMALL,
    WrongField,
    flag_field,
    object_field,
    required_text,
    required_whole,
    text_field,
)
from sandbox.refusals import BadRequest
from sandbox.text.entities import require_utf8
from sandbox.text.links import BadLink, checked_link, user_of_link
from sandbox.wire import Json

INLINE: Final = "inline keyboard button"
PLAIN: Final = "keyboard button"
CALLBACK_DATA_BYTES: Final = 64
COPIED_CHARACTERS: Final = 256
USERS_AT_ONCE: Final = 10
CHOSEN_CHATS: Final = ("allow_user_chats", "allow_bot_chats", "allow_group_chats", "allow_channel_chats")
WANTED_OF_USERS: Final = ("user_is_bot", "user_is_premium", "request_name", "request_username", "request_photo")
WANTED_OF_CHAT: Final = (
    "chat_is_channel",
    "chat_is_forum",
    "chat_has_username",
    "chat_is_created",
    "bot_is_member",
    "request_title",
    "request_username",
    "request_photo",
)
LOOKS: Final = ("style", "icon_custom_emoji_id")


def inline_button(button: object) -> Json | None:
    """None where it has no label: Telegram leaves such a button out."""
    if not isinstance(button, dict):
        raise WrongField("InlineKeyboardButton must be an Object")
    label = required_text(button, "text")
    action = next(filter(None, (read(button) for read in INLINE_ACTIONS)), None)
    if action is None:
        raise WrongField("Text buttons are unallowed in the inline keyboard")
    require_utf8(label)
    return {"text": label, **action, **_looks(button)} if label else None


def plain_button(button: object) -> Json | None:
    """None where it has no label."""
    if isinstance(button, str):
        button = {"text": button}
    if not isinstance(button, dict):
        raise WrongField("KeyboardButton must be a String or an Object")
    label = required_text(button, "text")
    action = next(filter(None, (read(button) for read in PLAIN_ACTIONS)), {})
    require_utf8(label)
    return {"text": label, **action, **_looks(button)} if label else None


def _looks(button: Json) -> Json:
    return {name: text_field(button, name) for name in LOOKS if text_field(button, name)}


def _link(url: str, called: str, *, only_https: bool = False) -> str:
    try:
        return checked_link(url, only_https=only_https)
    except BadLink as bad:
        raise BadRequest(f"{called} URL '{url}' is invalid: {bad}") from None


def _url(button: Json) -> Json:
    url = text_field(button, "url")
    if not url:
        return {}
    person = user_of_link(url)
    return {"url": f"tg://user?id={person}" if person is not None else _link(url, INLINE)}


def _callback_data(button: Json) -> Json:
    data = text_field(button, "callback_data")
    require_utf8(data)
    if len(data.encode()) > CALLBACK_DATA_BYTES:
        raise ButtonDataInvalid
    return {"callback_data": data} if data else {}


def _callback_game(button: Json) -> Json:
    """Only under a game, and games are none of the sandbox's."""
    if button.get("callback_game") is not None:
        raise BadRequest("BUTTON_TYPE_INVALID")
    return {}


def _pay(button: Json) -> Json:
    return {"pay": True} if button.get("pay") is not None else {}


def _switch(name: str) -> Callable[[Json], Json]:
    return lambda button: {name: required_text(button, name)} if button.get(name) is not None else {}


def _switch_chosen(button: Json) -> Json:
    name = "switch_inline_query_chosen_chat"
    if button.get(name) is None:
        return {}
    asked = object_field(button, name)
    chosen: Json = {"query": text_field(asked, "query")}
    chosen.update({kind: True for kind in CHOSEN_CHATS if flag_field(asked, kind)})
    if len(chosen) == 1:
        raise BadRequest("at least one chat type must be allowed")
    return {name: chosen}


def _login_url(button: Json) -> Json:
    if button.get("login_url") is None:
        return {}
    asked = object_field(button, "login_url")
    url, bot = required_text(asked, "url"), text_field(asked, "bot_username")
    login: Json = {"forward_text": text_field(asked, "forward_text"), "bot_username": bot}
    login["request_write_access"] = flag_field(asked, "request_write_access")
    name = bot.removeprefix("@")
    if bot and not (name.isascii() and name.replace("_", "a").isalnum()):
        raise WrongField("LoginUrl bot username is invalid")
    if user_of_link(url) is not None:
        raise BadRequest("link to a user can't be used in login URL buttons")
    checked = _link(url, f"{INLINE} login", only_https=True)
    return {"login_url": {"url": checked, **{name: value for name, value in login.items() if value}}}


def _web_app(called: str) -> Callable[[Json], Json]:
    def read(button: Json) -> Json:
        if button.get("web_app") is None:
            return {}
        url = required_text(object_field(button, "web_app"), "url")
        if user_of_link(url) is not None:
            raise BadRequest("link to a user can't be used in Web App URL buttons")
        return {"web_app": {"url": _link(url, f"{called} Web App", only_https=True)}}

    return read


def _copy_text(button: Json) -> Json:
    if button.get("copy_text") is None:
        return {}
    text = required_text(object_field(button, "copy_text"), "text")
    require_utf8(text)
    if not 1 <= len(text) <= COPIED_CHARACTERS:
        raise BadRequest("BUTTON_COPY_TEXT_INVALID")
    return {"copy_text": {"text": text}}


def _request(*names: str) -> Callable[[Json], Json]:
    return lambda button: {names[0]: True} if any([flag_field(button, name) for name in names]) else {}


def _request_poll(button: Json) -> Json:
    if button.get("request_poll") is None:
        return {}
    kind = text_field(object_field(button, "request_poll"), "type")
    return {"request_poll": {"type": kind} if kind else {}}


def _request_users(button: Json) -> Json:
    name = "request_users" if button.get("request_users") is not None else "request_user"
    if button.get(name) is None:
        return {}
    asked = object_field(button, name)
    for wanted in WANTED_OF_USERS:
        flag_field(asked, wanted)
    required_whole(asked, "request_id", bits=SMALL)
    if asked.get("max_quantity") is not None and not 1 <= required_whole(asked, "max_quantity") <= USERS_AT_ONCE:
        raise BadRequest("BUTTON_QUANTITY_MAX_INVALID")
    return {"request_users": asked}


def _request_chat(button: Json) -> Json:
    if button.get("request_chat") is None:
        return {}
    asked = object_field(button, "request_chat")
    required_whole(asked, "request_id")
    for wanted in WANTED_OF_CHAT:
        flag_field(asked, wanted)
    return {"request_chat": asked}


INLINE_ACTIONS: Final[tuple[Callable[[Json], Json], ...]] = (
    _url,
    _callback_data,
    _callback_game,
    _pay,
    _switch("switch_inline_query"),
    _switch_chosen,
    _switch("switch_inline_query_current_chat"),
    _login_url,
    _web_app(INLINE),
    _copy_text,
)
PLAIN_ACTIONS: Final[tuple[Callable[[Json], Json], ...]] = (
    _request("request_contact", "request_phone_number"),
    _request("request_location"),
    _request_poll,
    _web_app(PLAIN),
    _request_users,
    _request_chat,
)
ONLY_IN_PRIVATE: Final = {
    "request_contact": "phone number can be requested in private chats only",
    "request_location": "location can be requested in private chats only",
    "request_poll": "poll can be requested in private chats only",
    "web_app": "Web App buttons can be used in private chats only",
    "request_users": "users can be requested in private chats only",
    "request_chat": "chats can be requested in private chats only",
}
