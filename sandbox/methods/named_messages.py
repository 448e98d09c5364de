"""Messages that a call names by their numbers, and the chat in which they stand."""

from typing import Final

from sandbox.calls.parameters import whole_number
from sandbox.chats.chat import Chat
from sandbox.chats.group import Group
from sandbox.methods.call import Call
from sandbox.refusals import BadRequest

AT_ONCE: Final = 100
LARGEST_NUMBER: Final = 2**31 - 1


def read_message_ids(call: Call) -> list[int]:
    if not call.parameters.has("message_ids"):
        raise BadRequest("message identifiers are not specified")
    named = call.parameters.structure("message_ids", "message_ids")
    if not isinstance(named, list):
        raise BadRequest("expected an Array of message identifiers")
    if len(named) > AT_ONCE:
        raise BadRequest("too many message identifiers specified")
    if not named:
        raise BadRequest("message identifiers are not specified")
    return [_message_id(value) for value in named]


def lasting_chat(call: Call, field: str = "chat_id") -> Chat:
    """A private chat may be read and cleaned even while it is blocked; a group only from within."""
    chat = call.chat(field)
    if isinstance(chat, Group):
        chat.require_open_to(call.bot.id)
    return chat


def _message_id(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        raise BadRequest("message identifier must be a Number")
    number = whole_number(value)
    if number is None or number > LARGEST_NUMBER:
        raise BadRequest("can't parse message identifier as Number")
    if number <= 0:
        raise BadRequest("invalid message identifier specified")
    return number
