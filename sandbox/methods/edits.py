"""What a bot changes or takes back."""

from sandbox.chat import Chat
from sandbox.entities import StyledText
from sandbox.group import Group
from sandbox.markup import read_inline
from sandbox.message import Message
from sandbox.methods.call import Call, Run
from sandbox.methods.wording import read_caption, read_text
from sandbox.parameters import whole_number
from sandbox.refusals import (
    BadRequest,
    MessageCannotBeDeleted,
    MessageCannotBeEdited,
    MessageNotModified,
    MessageToDeleteNotFound,
    MessageToEditNotFound,
    NoCaptionToEdit,
    NoTextToEdit,
)
from sandbox.wire import Json

CHANGEABLE_SECONDS = 48 * 3600
DELETED_AT_ONCE = 100


async def edit_message_text(call: Call) -> object:
    text = read_text(call)
    keyboard = _keyboard(call)
    chat, message = _editable(call)
    if message.kind != "text":
        raise NoTextToEdit
    return _change(call, chat, message, text, keyboard)


async def edit_message_caption(call: Call) -> object:
    caption = read_caption(call)
    keyboard = _keyboard(call)
    chat, message = _editable(call)
    if message.kind == "text":
        raise NoCaptionToEdit
    return _change(call, chat, message, caption, keyboard)


async def edit_message_reply_markup(call: Call) -> object:
    keyboard = _keyboard(call)
    chat, message = _editable(call)
    return _change(call, chat, message, StyledText(message.text, message.entities), keyboard)


async def delete_message(call: Call) -> object:
    message_id = call.parameters.message_id()
    chat = _lasting(call)
    message = chat.messages.get(message_id)
    if message is None:
        raise MessageToDeleteNotFound
    _require_deletable(call, chat, message)
    chat.remove(message_id)
    return True


async def delete_messages(call: Call) -> object:
    """Those that are gone already are skipped, as on the real server."""
    wanted = call.parameters.structure("message_ids", "message identifiers")
    if not isinstance(wanted, list) or not wanted:
        raise BadRequest("message identifiers are not specified")
    if len(wanted) > DELETED_AT_ONCE:
        raise BadRequest("too many message identifiers specified")
    chat = _lasting(call)
    ids = dict.fromkeys(whole_number(message_id) or 0 for message_id in wanted)
    found = [chat.messages[message_id] for message_id in ids if message_id in chat.messages]
    for message in found:
        _require_deletable(call, chat, message)
    for message in found:
        chat.remove(message.message_id)
    return True


def _lasting(call: Call) -> Chat:
    """A private chat may be cleaned even while it is blocked; a group only from within."""
    chat = call.chat()
    if isinstance(chat, Group):
        chat.require_open_to(call.bot.id)
    return chat


def _keyboard(call: Call) -> Json | None:
    return read_inline(call.parameters.values.get("reply_markup"))


def _editable(call: Call) -> tuple[Chat, Message]:
    """The bot's own, without a reply keyboard, and fresh unless buttons keep it alive."""
    message_id = call.parameters.message_id()
    chat = call.chat()
    chat.require_open_to(call.bot.id)
    message = chat.messages.get(message_id)
    if message is None:
        raise MessageToEditNotFound
    too_old = message.inline_keyboard is None and _age(call, message) > CHANGEABLE_SECONDS
    if not message.by(call.bot.id) or message.service or message.reply_keyboard is not None or too_old:
        raise MessageCannotBeEdited
    return chat, message


def _change(call: Call, chat: Chat, message: Message, text: StyledText, keyboard: Json | None) -> object:
    if (message.text, message.entities, message.inline_keyboard) == (*text, keyboard):
        raise MessageNotModified
    message.text, message.entities = text
    message.inline_keyboard = keyboard
    message.edit_date = int(call.world.clock.now())
    chat.touch()
    return message.as_telegram(call.bot.id)


def _age(call: Call, message: Message) -> float:
    return call.world.clock.now() - message.date


def _require_deletable(call: Call, chat: Chat, message: Message) -> None:
    """In a group, other people's words only with the right to."""
    if isinstance(chat, Group):
        if not message.by(call.bot.id) and not chat.members[call.bot.id].may("can_delete_messages"):
            raise MessageCannotBeDeleted
        if chat.members[call.bot.id].may("can_delete_messages"):
            return
    if _age(call, message) > CHANGEABLE_SECONDS:
        raise MessageCannotBeDeleted


METHODS: dict[str, Run] = {
    "editMessageText": edit_message_text,
    "editMessageCaption": edit_message_caption,
    "editMessageReplyMarkup": edit_message_reply_markup,
    "deleteMessage": delete_message,
    "deleteMessages": delete_messages,
}
