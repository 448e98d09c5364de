"""What a bot changes or takes back."""

from typing import Final

from sandbox.bad_requests import (
    MediaCannotBeEdited,
    MessageCannotBeDeleted,
    MessageCannotBeEdited,
    MessageNotModified,
    MessageToDeleteNotFound,
    MessageToEditNotFound,
    NoCaptionToEdit,
    NoTextToEdit,
)
from sandbox.chats.chat import Chat
from sandbox.chats.content import CAPTION_ABOVE, Content, OfFile
from sandbox.chats.group import Group
from sandbox.chats.message import Message
from sandbox.files import SEEN, FileKind
from sandbox.keyboards.markup import read_inline
from sandbox.methods.call import Call, Run
from sandbox.methods.input_media import MEDIA, read_input_media
from sandbox.methods.named_messages import lasting_chat, read_message_ids
from sandbox.methods.payments import INVOICE, paying_keyboard
from sandbox.methods.wording import read_caption, read_text
from sandbox.refusals import BadRequest
from sandbox.text.entities import StyledText
from sandbox.wire import Json

CHANGEABLE_SECONDS: Final = 48 * 3600
CAPTIONED: Final = frozenset(
    {
        FileKind.ANIMATION,
        FileKind.AUDIO,
        FileKind.DOCUMENT,
        FileKind.PHOTO,
        FileKind.VIDEO,
        FileKind.VOICE,
    }
)
REPLACEABLE: Final = frozenset({"text", *CAPTIONED - {FileKind.VOICE}})
ALBUM_MATES: Final[dict[str, frozenset[FileKind]]] = {
    **dict.fromkeys(SEEN, SEEN),
    **{kind: frozenset({kind}) for kind in (FileKind.AUDIO, FileKind.DOCUMENT)},
}


async def edit_message_text(call: Call) -> object:
    text = read_text(call)
    keyboard = _keyboard(call)
    chat, message = _editable(call)
    if message.kind != "text":
        raise NoTextToEdit
    return _change(call, chat, message, text, keyboard, message.content)


async def edit_message_caption(call: Call) -> object:
    """Also where the words stand is said anew each time."""
    caption = read_caption(call)
    keyboard = _keyboard(call)
    chat, message = _editable(call)
    content = message.content
    if not isinstance(content, OfFile) or content.file.kind not in CAPTIONED:
        raise NoCaptionToEdit
    above = call.parameters.flag(CAPTION_ABOVE)
    return _change(call, chat, message, caption, keyboard, content.captioned(above=above))


async def edit_message_media(call: Call) -> object:
    """A text may become a picture, too; an album stays of its kind."""
    keyboard = _keyboard(call)
    call.parameters.required(MEDIA)
    media = read_input_media(call, call.parameters.structure(MEDIA, "input media"))
    try:
        chat, message = _editable(call)
    except MessageCannotBeEdited:
        raise MediaCannotBeEdited from None
    if message.kind not in REPLACEABLE:
        raise MediaCannotBeEdited
    if message.album and media.kind not in ALBUM_MATES[message.kind]:
        raise BadRequest("can't change media type in the album")
    content = media.content("editMessageMedia")
    return _change(call, chat, message, media.caption, keyboard, content)


async def edit_message_reply_markup(call: Call) -> object:
    """Under an invoice the first button goes on paying; elsewhere none may."""
    read_inline(call.parameters.values.get("reply_markup"), invoice=True)
    chat, message = _editable(call)
    keyboard = paying_keyboard(call) if message.kind == INVOICE else _keyboard(call)
    return _change(call, chat, message, StyledText(message.text, message.entities), keyboard, message.content)


async def delete_message(call: Call) -> object:
    message_id = call.parameters.message_id()
    chat = lasting_chat(call)
    message = chat.messages.get(message_id)
    if message is None:
        raise MessageToDeleteNotFound
    _require_deletable(call, chat, message)
    chat.remove(message_id)
    return True


async def delete_messages(call: Call) -> object:
    """Those that are gone already are skipped, as on the real server."""
    ids = dict.fromkeys(read_message_ids(call))
    chat = lasting_chat(call)
    found = [chat.messages[message_id] for message_id in ids if message_id in chat.messages]
    for message in found:
        _require_deletable(call, chat, message)
    for message in found:
        chat.remove(message.message_id)
    return True


def _keyboard(call: Call) -> Json | None:
    return read_inline(call.parameters.values.get("reply_markup"))


def _editable(call: Call) -> tuple[Chat, Message]:
    """The bot's own words, without a reply keyboard, and fresh unless buttons keep it alive."""
    message_id = call.parameters.message_id()
    chat = call.chat()
    chat.require_open_to(call.bot.id)
    message = chat.messages.get(message_id)
    if message is None:
        raise MessageToEditNotFound
    too_old = message.inline_keyboard is None and _age(call, message) > CHANGEABLE_SECONDS
    told_by_others = not message.by(call.bot.id) or message.origin is not None
    if told_by_others or message.service or message.reply_keyboard is not None or too_old:
        raise MessageCannotBeEdited
    return chat, message


def _change(
    call: Call, chat: Chat, message: Message, text: StyledText, keyboard: Json | None, content: Content | None
) -> object:
    if (message.text, message.entities, message.inline_keyboard, message.content) == (*text, keyboard, content):
        raise MessageNotModified
    message.text, message.entities = text
    message.inline_keyboard = keyboard
    message.content = content
    if isinstance(content, OfFile):
        message.kind = content.file.kind.value
    message.edit_date = int(call.world.clock.now())
    chat.touch()
    return message.as_telegram(call.bot.id)


def _age(call: Call, message: Message) -> float:
    return call.world.clock.now() - message.date


def _require_deletable(call: Call, chat: Chat, message: Message) -> None:
    """In a group, other people's words only with the right to; what opened a topic goes only with the topic."""
    if isinstance(chat, Group):
        in_charge = chat.members[call.bot.id].may("can_delete_messages")
        if message.message_id in chat.topics or not (in_charge or message.by(call.bot.id)):
            raise BadRequest("message can't be deleted")
        if in_charge:
            return
    if _age(call, message) > CHANGEABLE_SECONDS:
        raise MessageCannotBeDeleted


METHODS: dict[str, Run] = {
    "editMessageText": edit_message_text,
    "editMessageCaption": edit_message_caption,
    "editMessageMedia": edit_message_media,
    "editMessageReplyMarkup": edit_message_reply_markup,
    "deleteMessage": delete_message,
    "deleteMessages": delete_messages,
}
