"""A raw update as the inbox takes it."""

import re
from typing import Any, Final

from core.intake.update import Arrival

UNSTORABLE: Final = re.compile("[\x00\ud800-\udfff]")
LARGEST: Final = 2**63 - 1
EVENTS_IN_CHATS: Final = ("message", "edited_message", "my_chat_member", "chat_member")


class UnusableUpdate(ValueError):
    """Something that no messenger would send: it has no number, or its chat has none. The text says which."""


def arrival(bot_id: int, update: dict[str, Any]) -> Arrival:
    """The update under a key that is never given twice, in the lane of its chat.

    NUL and lone surrogates are taken out: not every database stores them. Everything else stays, so that the
    messenger's offsets into the text stay right. Raises UnusableUpdate.
    """
    key = f"{bot_id}:{_whole(update.get('update_id'), 'update_id')}"
    chat = chat_of(update)
    return Arrival(key=key, lane=str(chat) if chat is not None else key, payload=_storable(update))


def chat_of(update: dict[str, Any]) -> int | None:
    """The chat an update belongs to, if any. Raises UnusableUpdate."""
    for kind in EVENTS_IN_CHATS:
        if kind in update:
            return _id_of(update[kind], "chat")
    query = update.get("callback_query")
    if query is not None:
        message = query.get("message") if isinstance(query, dict) else None
        return _id_of(query, "from") if message is None else _id_of(message, "chat")
    return None


def _id_of(event: Any, name: str) -> int:
    holder = event.get(name) if isinstance(event, dict) else None
    return _whole(holder.get("id") if isinstance(holder, dict) else None, name)


def _whole(number: Any, name: str) -> int:
    if type(number) is not int or not -LARGEST <= number <= LARGEST:
        raise UnusableUpdate(name)
    return number


def _storable(value: Any) -> Any:
    if isinstance(value, str):
        return UNSTORABLE.sub("", value)
    if isinstance(value, list):
        return [_storable(entry) for entry in value]
    if isinstance(value, dict):
        return {name: _storable(entry) for name, entry in value.items()}
    return value
