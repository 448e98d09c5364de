"""A raw update as the inbox takes it."""

import re
from typing import Any, Final

from core.intake.update import Arrival

UNSTORABLE: Final = re.compile("[\x00\ud800-\udfff]")
EVENTS_IN_CHATS: Final = ("message", "edited_message", "my_chat_member", "chat_member")


def arrival(bot_id: int, update: dict[str, Any]) -> Arrival:
    """The update under a key that is never given twice, in the lane of its chat.

    NUL and lone surrogates are taken out: not every database stores them. Everything else stays, so that the
    messenger's offsets into the text stay right.
    """
    key = f"{bot_id}:{update['update_id']}"
    chat = chat_of(update)
    return Arrival(key=key, lane=str(chat) if chat is not None else key, payload=_storable(update))


def chat_of(update: dict[str, Any]) -> int | None:
    """The chat an update belongs to, if any."""
    for kind in EVENTS_IN_CHATS:
        if kind in update:
            return int(update[kind]["chat"]["id"])
    if "callback_query" in update:
        query = update["callback_query"]
        return int(query["message"]["chat"]["id"] if "message" in query else query["from"]["id"])
    return None


def _storable(value: Any) -> Any:
    if isinstance(value, str):
        return UNSTORABLE.sub("", value)
    if isinstance(value, list):
        return [_storable(entry) for entry in value]
    if isinstance(value, dict):
        return {name: _storable(entry) for name, entry in value.items()}
    return value
