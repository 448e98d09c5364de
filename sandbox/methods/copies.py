"""What a bot copies and forwards from chat to chat."""

from itertools import pairwise
from typing import Final, NamedTuple

from sandbox.bad_requests import MessageToCopyNotFound, MessageToForwardNotFound
from sandbox.chats.chat import Chat
from sandbox.chats.content import CAPTION_ABOVE, OfFile
from sandbox.chats.message import Message
from sandbox.keyboards.markup import NO_MARKUP, Markup, read_markup
from sandbox.methods.call import Call, Run
from sandbox.methods.messages import put
from sandbox.methods.named_messages import lasting_chat, read_message_ids
from sandbox.methods.payments import INVOICE
from sandbox.methods.wording import read_caption
from sandbox.money.payments import OfInvoice
from sandbox.refusals import BadRequest
from sandbox.text.entities import StyledText
from sandbox.wire import Json

NOTHING: Final = StyledText("", [])


class Words(NamedTuple):
    """What stands beside the copied content instead of the old words."""

    caption: StyledText
    above: bool


async def copy_message(call: Call) -> object:
    """Also what is protected: Telegram keeps only forwards from it."""
    call.parameters.required("from_chat_id")
    words = _new_words(call)
    message = _source(call, MessageToCopyNotFound)
    if not _is_copied(message):
        raise BadRequest("the message can't be copied")
    markup = read_markup(call.parameters.values.get("reply_markup"))
    return _number(_copy(call, call.open_chat(), message, words, markup))


async def copy_messages(call: Call) -> object:
    """Those that are gone or cannot be copied are skipped."""
    chat, messages = _sources(call)
    copied = [message for message in messages if _is_copied(message)]
    _require_some(copied)
    words = Words(NOTHING, above=False) if call.parameters.flag("remove_caption") else None
    albums = _Albums(call)
    return [_number(_copy(call, chat, one, words, NO_MARKUP, albums.of(one))) for one in copied]


async def forward_message(call: Call) -> object:
    call.parameters.required("from_chat_id")
    message = _source(call, MessageToForwardNotFound)
    if not _is_forwarded(message):
        raise BadRequest("the message can't be forwarded")
    return _forward(call, call.open_chat(), message).as_telegram(call.bot.id)


async def forward_messages(call: Call) -> object:
    """Those that are gone or cannot be forwarded are skipped."""
    chat, messages = _sources(call)
    forwarded = [message for message in messages if _is_forwarded(message)]
    _require_some(forwarded)
    albums = _Albums(call)
    return [_number(_forward(call, chat, message, albums.of(message))) for message in forwarded]


class _Albums:
    """What was one album is one again, under a new identifier."""

    def __init__(self, call: Call) -> None:
        self._call = call
        self._new: dict[str, str] = {}

    def of(self, message: Message) -> str:
        if not message.album:
            return ""
        if message.album not in self._new:
            self._new[message.album] = self._call.world.next_album()
        return self._new[message.album]


def _source(call: Call, missing: type[BadRequest]) -> Message:
    chat = lasting_chat(call, "from_chat_id")
    message = chat.messages.get(call.parameters.message_id())
    if message is None:
        raise missing
    return message


def _sources(call: Call) -> tuple[Chat, list[Message]]:
    """The chat to write in, and the messages that are still there."""
    call.parameters.required("from_chat_id")
    ids = read_message_ids(call)
    chat = call.open_chat()
    messages = lasting_chat(call, "from_chat_id").messages
    found = [messages[message_id] for message_id in ids if message_id in messages]
    if not found:
        raise BadRequest("there are no messages to forward")
    if any(after <= before for before, after in pairwise(ids)):
        raise BadRequest("message identifiers must be in a strictly increasing order")
    return chat, found


def _require_some(messages: list[Message]) -> None:
    if not messages:
        raise BadRequest("messages can't be forwarded")


def _is_copied(message: Message) -> bool:
    return not message.service and message.kind != INVOICE


def _is_forwarded(message: Message) -> bool:
    return not message.service and not message.protected


def _new_words(call: Call) -> Words | None:
    """An empty caption takes the old one away; without one it stays."""
    if call.parameters.values.get("caption") is None:
        return None
    return Words(read_caption(call), above=call.parameters.flag(CAPTION_ABOVE))


def _copy(call: Call, chat: Chat, message: Message, words: Words | None, markup: Markup, album: str = "") -> Message:
    text, content = StyledText(message.text, message.entities), message.content
    if words is not None and isinstance(content, OfFile):
        text, content = words.caption, content.captioned(above=words.above)
    return put(call, chat, text, markup, kind=message.kind, content=content, album=album)


def _forward(call: Call, chat: Chat, message: Message, album: str = "") -> Message:
    text = StyledText(message.text, message.entities)
    markup, origin = Markup(inline=_kept_keyboard(call, message)), _origin(message)
    return put(call, chat, text, markup, kind=message.kind, content=message.content, album=album, origin=origin)


def _kept_keyboard(call: Call, message: Message) -> Json | None:
    """Only an invoice goes on with its buttons: to be paid by others, or to lead them to the bot."""
    if not isinstance(message.content, OfInvoice):
        return None
    invoice = message.content.invoice
    button = next(message.buttons(), None)
    if not invoice.start_parameter or button is None:
        return message.inline_keyboard
    bot = call.world.bots.of_id(invoice.bot_id).user["username"]
    link = f"https://t.me/{bot}?start={invoice.start_parameter}"
    return {"inline_keyboard": [[{"text": button["text"], "url": link}]]}


def _origin(message: Message) -> Json:
    """Who said it first, however often it was passed on."""
    if message.origin is not None:
        return message.origin
    return {"type": "user", "date": message.date, "sender_user": message.sender}


def _number(message: Message) -> Json:
    return {"message_id": message.message_id}


METHODS: dict[str, Run] = {
    "copyMessage": copy_message,
    "copyMessages": copy_messages,
    "forwardMessage": forward_message,
    "forwardMessages": forward_messages,
}
