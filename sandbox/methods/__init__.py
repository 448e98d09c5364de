"""The methods of the Bot API that the sandbox plays, by name; the others refuse loudly."""

from sandbox.methods.call import Call, Method, Run
from sandbox.methods.catalogue import KNOWN_METHODS
from sandbox.methods.chats import get_chat, send_chat_action, set_chat_menu_button
from sandbox.methods.commands import delete_my_commands, get_my_commands, set_my_commands
from sandbox.methods.edits import (
    delete_message,
    delete_messages,
    edit_message_caption,
    edit_message_reply_markup,
    edit_message_text,
)
from sandbox.methods.files import get_file, send_document
from sandbox.methods.messages import answer_callback_query, send_message
from sandbox.methods.updates import delete_webhook, get_me, get_updates, get_webhook_info
from sandbox.refusals import MethodNotFound, NotInTheSandbox

__all__ = ["PLAYED", "Call", "Method", "find_method"]

PLAYED: dict[str, Run] = {
    "getMe": get_me,
    "getUpdates": get_updates,
    "deleteWebhook": delete_webhook,
    "getWebhookInfo": get_webhook_info,
    "sendMessage": send_message,
    "editMessageText": edit_message_text,
    "editMessageCaption": edit_message_caption,
    "editMessageReplyMarkup": edit_message_reply_markup,
    "sendDocument": send_document,
    "getFile": get_file,
    "deleteMessage": delete_message,
    "deleteMessages": delete_messages,
    "answerCallbackQuery": answer_callback_query,
    "sendChatAction": send_chat_action,
    "setMyCommands": set_my_commands,
    "getMyCommands": get_my_commands,
    "deleteMyCommands": delete_my_commands,
    "setChatMenuButton": set_chat_menu_button,
    "getChat": get_chat,
}


def _loud(name: str) -> Run:
    async def refuse(call: Call) -> object:
        raise NotInTheSandbox(name)

    return refuse


METHODS = {name.lower(): Method(name, name.lower(), PLAYED.get(name) or _loud(name)) for name in KNOWN_METHODS}


def find_method(name: str) -> Method:
    """Names are the same in any case, as on the real server."""
    method = METHODS.get(name) or METHODS.get(name.lower())
    if method is None:
        raise MethodNotFound
    return method
