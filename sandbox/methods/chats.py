"""What a bot can know of a chat, and show in it beside messages."""

from sandbox.bad_requests import CannotParse
from sandbox.calls.parameters import whole_number
from sandbox.chats.chat import Chat
from sandbox.chats.group import Group
from sandbox.chats.members import ALL_PERMISSIONS
from sandbox.chats.topics import GENERAL
from sandbox.methods.call import Call, Run
from sandbox.methods.groups import readable_chat
from sandbox.refusals import BadRequest
from sandbox.wire import Json

TYPING_SECONDS = 5.0
ACTIONS = frozenset(
    {
        "typing",
        "upload_photo",
        "record_video",
        "upload_video",
        "record_voice",
        "upload_voice",
        "record_audio",
        "upload_audio",
        "upload_document",
        "choose_sticker",
        "find_location",
        "pick_up_location",
        "record_video_note",
        "upload_video_note",
    }
)
DEFAULT_BUTTON: Json = {"type": "default"}
EVERYBODYS = 0
GIFTS = ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels")
MOST_REACTIONS = 11


async def get_chat(call: Call) -> object:
    chat = readable_chat(call)
    is_group = isinstance(chat, Group)
    info: Json = {**chat.as_telegram(), "accent_color_id": 0, "max_reaction_count": MOST_REACTIONS}
    info["accepted_gift_types"] = dict.fromkeys(GIFTS, not is_group)
    if "username" in info:
        info["active_usernames"] = [info["username"]]
    if is_group:
        info.update(permissions=ALL_PERMISSIONS, has_visible_history=True, join_to_send_messages=True)
    pinned = chat.messages.get(max(chat.pins, default=0))
    if pinned is not None:
        info["pinned_message"] = pinned.as_telegram(call.bot.id, with_reply=False)
    return info


async def send_chat_action(call: Call) -> object:
    """In a topic, in the general one too."""
    action = call.parameters.text("action").lower()
    if action not in ACTIONS:
        raise BadRequest("wrong parameter action in request")
    chat = call.open_chat()
    chat.typing_in = _thread(call, chat)
    chat.typing_until = call.world.clock.real() + TYPING_SECONDS
    chat.touch()
    return True


async def set_chat_menu_button(call: Call) -> object:
    button = _button(call)
    chat_id = _whose_button(call)
    call.bot.menu_buttons[chat_id] = button
    for chat in call.bot.chats.values():
        chat.touch()
    return True


async def get_chat_menu_button(call: Call) -> object:
    """The person's own, or else everybody's."""
    return shown_button(call.bot.menu_buttons, _whose_button(call))


def shown_button(buttons: dict[int, Json], person: int) -> Json:
    own = buttons.get(person, DEFAULT_BUTTON)
    return buttons.get(EVERYBODYS, DEFAULT_BUTTON) if own == DEFAULT_BUTTON else own


def _thread(call: Call, chat: Chat) -> int:
    if isinstance(chat, Group) and chat.forum and call.parameters.integer("message_thread_id") == GENERAL:
        return 0
    return call.thread(chat)


def _whose_button(call: Call) -> int:
    """Of one person, or of everybody for whom there is no other."""
    if not call.parameters.has("chat_id"):
        return EVERYBODYS
    number = whole_number(call.parameters.values["chat_id"])
    if number is None or number <= 0:
        raise BadRequest("invalid chat_id specified")
    chat = call.bot.chats.get(number)
    if chat is None or not chat.started:
        raise BadRequest("user not found")
    return number


def _button(call: Call) -> Json:
    button = call.parameters.structure("menu_button", "menu button")
    if button is None:
        return DEFAULT_BUTTON
    if not isinstance(button, dict):
        raise CannotParse("menu button", "MenuButton must be an Object")
    match button.get("type"):
        case "default" | "commands" as kind:
            return {"type": kind}
        case "web_app":
            return _web_app_button(button)
        case _:
            raise CannotParse("menu button", "MenuButton has unsupported type")


def _web_app_button(button: Json) -> Json:
    text, web_app = button.get("text"), button.get("web_app")
    url = web_app.get("url") if isinstance(web_app, dict) else None
    if not isinstance(text, str) or not text:
        raise BadRequest("MENU_BUTTON_TEXT_INVALID" if text == "" else 'can\'t find field "text"')
    if not isinstance(url, str) or not url.lower().startswith("https://"):
        raise BadRequest("MENU_BUTTON_URL_INVALID")
    return {"type": "web_app", "text": text, "web_app": {"url": url}}


METHODS: dict[str, Run] = {
    "getChat": get_chat,
    "sendChatAction": send_chat_action,
    "setChatMenuButton": set_chat_menu_button,
    "getChatMenuButton": get_chat_menu_button,
}
