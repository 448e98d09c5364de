"""What stands at the top of a chat, and what a bot thinks of a message."""

from sandbox.bad_requests import CannotParse, MessageThreadNotFound, MessageToPinNotFound, NotAForum, NotEnoughRights
from sandbox.chats.chat import Chat
from sandbox.chats.group import Group
from sandbox.chats.message import Message
from sandbox.chats.pinning import pin, unpin
from sandbox.chats.reactions import ALLOWED, MOST_KINDS, kinds_of, set_reactions
from sandbox.chats.topics import GENERAL
from sandbox.methods.call import Call, Run
from sandbox.refusals import BadRequest, Forbidden
from sandbox.wire import Json

REACTION = "ReactionType"


async def pin_chat_message(call: Call) -> object:
    chat = call.open_chat()
    message = chat.messages.get(call.parameters.integer("message_id"))
    if message is None:
        raise MessageToPinNotFound
    _require_pinnable(call, chat, message)
    if message.message_id in chat.pins:
        raise BadRequest("CHAT_NOT_MODIFIED")
    pin(call.world, chat, call.bot, message)
    return True


async def unpin_chat_message(call: Call) -> object:
    """Without a message, the newest pin."""
    chat = call.open_chat()
    number = call.parameters.integer("message_id")
    message = chat.messages.get(number if number > 0 else max(chat.pins, default=0))
    if message is None:
        raise BadRequest("message to unpin not found")
    _require_pinnable(call, chat, message)
    if message.message_id not in chat.pins:
        raise BadRequest("CHAT_NOT_MODIFIED")
    unpin(chat, {message.message_id})
    return True


async def unpin_all_chat_messages(call: Call) -> object:
    chat = call.open_chat()
    _require_pinning(call, chat)
    unpin(chat, set(chat.pins))
    return True


async def unpin_all_forum_topic_messages(call: Call) -> object:
    chat = _forum(call)
    thread = call.parameters.integer("message_thread_id")
    if thread not in chat.topics or thread == GENERAL:
        raise MessageThreadNotFound
    return _unpin_thread(call, chat, thread)


async def unpin_all_general_forum_topic_messages(call: Call) -> object:
    return _unpin_thread(call, _forum(call), 0)


async def set_message_reaction(call: Call) -> object:
    """Nothing, or an empty list, takes the reaction back. Bots are not told of what bots think."""
    given = _given(call)
    chat = call.open_chat()
    message = chat.messages.get(call.parameters.integer("message_id"))
    if message is None:
        raise BadRequest("message to react not found")
    emoji = [str(one.get("emoji")) for one in given]
    if message.service or any(one["type"] != "emoji" for one in given) or not ALLOWED.issuperset(emoji):
        raise BadRequest("REACTION_INVALID")
    if isinstance(chat, Group) and not chat.members[call.bot.id].permitted("can_react_to_messages"):
        raise Forbidden("CHAT_WRITE_FORBIDDEN")
    if len(given) > 1 or len(kinds_of(message, call.bot.id) | set(emoji)) > MOST_KINDS:
        raise BadRequest("REACTIONS_TOO_MANY")
    set_reactions(chat, message, call.bot.id, given)
    return True


def _given(call: Call) -> list[Json]:
    given = call.parameters.structure("reaction", "reaction types")
    if given is None:
        return []
    if not isinstance(given, list):
        raise BadRequest("expected an Array of ReactionType")
    return [_reaction(one) for one in given]


def _reaction(one: object) -> Json:
    if not isinstance(one, dict):
        raise CannotParse(REACTION, "expected an Object")
    kind = one.get("type")
    if kind is None:
        raise CannotParse(REACTION, 'Can\'t find field "type"')
    field = {"emoji": "emoji", "custom_emoji": "custom_emoji_id"}.get(str(kind))
    if field is None:
        raise CannotParse(REACTION, "invalid reaction type specified")
    if one.get(field) is None:
        raise CannotParse(REACTION, f'Can\'t find field "{field}"')
    return {"type": kind, field: str(one[field])}


def _forum(call: Call) -> Group:
    chat = call.open_chat()
    if not isinstance(chat, Group) or not chat.forum:
        raise NotAForum
    return chat


def _unpin_thread(call: Call, chat: Group, thread: int) -> bool:
    _require_pinning(call, chat)
    unpin(chat, {number for number in chat.pins if chat.messages[number].thread == thread})
    return True


def _require_pinnable(call: Call, chat: Chat, message: Message) -> None:
    _require_pinning(call, chat)
    if message.service:
        raise BadRequest("service messages can't be pinned")


def _require_pinning(call: Call, chat: Chat) -> None:
    if isinstance(chat, Group) and not chat.members[call.bot.id].may("can_pin_messages"):
        raise NotEnoughRights("to manage pinned messages in the chat")


METHODS: dict[str, Run] = {
    "pinChatMessage": pin_chat_message,
    "unpinChatMessage": unpin_chat_message,
    "unpinAllChatMessages": unpin_all_chat_messages,
    "unpinAllForumTopicMessages": unpin_all_forum_topic_messages,
    "unpinAllGeneralForumTopicMessages": unpin_all_general_forum_topic_messages,
    "setMessageReaction": set_message_reaction,
}
