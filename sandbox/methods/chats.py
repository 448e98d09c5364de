"""What a bot can know of a chat, and show in it beside messages."""

from sandbox.chat import PrivateChat
from sandbox.methods.call import Call, Run
from sandbox.refusals import BadRequest, ChatNotFound
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
        "upload_document",
        "choose_sticker",
        "find_location",
        "record_video_note",
        "upload_video_note",
    }
)
MENU_BUTTONS = frozenset({"default", "commands", "web_app"})
FULL_INFO: Json = {
    "accent_color_id": 0,
    "max_reaction_count": 11,
    "accepted_gift_types": {
        "unlimited_gifts": True,
        "limited_gifts": True,
        "unique_gifts": True,
        "premium_subscription": True,
        "gifts_from_channels": True,
    },
}


async def get_chat(call: Call) -> object:
    chat = call.chat()
    if isinstance(chat, PrivateChat) and not chat.started:
        raise ChatNotFound
    return {**chat.as_telegram(), **FULL_INFO}


async def send_chat_action(call: Call) -> object:
    chat = call.open_chat()
    if call.parameters.text("action") not in ACTIONS:
        raise BadRequest("wrong parameter action in request")
    chat.typing_until = call.world.clock.real() + TYPING_SECONDS
    chat.touch()
    return True


async def set_chat_menu_button(call: Call) -> object:
    button = call.parameters.structure("menu_button", "menu button")
    if button is not None and not (isinstance(button, dict) and button.get("type") in MENU_BUTTONS):
        raise BadRequest("can't parse menu button: Unsupported menu button type")
    chat_id = call.chat().id if call.parameters.has("chat_id") else 0
    call.bot.menu_buttons[chat_id] = button or {"type": "default"}
    return True


METHODS: dict[str, Run] = {
    "getChat": get_chat,
    "sendChatAction": send_chat_action,
    "setChatMenuButton": set_chat_menu_button,
}
