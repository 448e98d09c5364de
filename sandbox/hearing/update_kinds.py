"""The kinds of updates, in Telegram's order, and which of them a bot hears."""

from typing import Final

from sandbox.calls.json_text import read_json

KINDS: Final = (
    "message",
    "edited_message",
    "channel_post",
    "edited_channel_post",
    "inline_query",
    "chosen_inline_result",
    "callback_query",
    "shipping_query",
    "pre_checkout_query",
    "poll",
    "poll_answer",
    "my_chat_member",
    "chat_member",
    "chat_join_request",
    "chat_boost",
    "removed_chat_boost",
    "message_reaction",
    "message_reaction_count",
    "business_connection",
    "business_message",
    "edited_business_message",
    "deleted_business_messages",
    "purchased_paid_media",
    "guest_message",
    "managed_bot",
    "subscription",
    "stopped_message_generation",
)
ONLY_ON_REQUEST: Final = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
BY_DEFAULT: Final = frozenset(KINDS) - ONLY_ON_REQUEST


def allowed_kinds(asked: object) -> frozenset[str] | None:
    """What `allowed_updates` asks for; None leaves all as it was, as does what cannot be read.

    A list that names no known kind means the usual ones.
    """
    if isinstance(asked, str):
        try:
            asked = read_json(asked)
        except ValueError:
            return None
    if not isinstance(asked, list) or not all(isinstance(kind, str) for kind in asked):
        return None
    return frozenset(KINDS).intersection(kind.lower() for kind in asked) or BY_DEFAULT


def named(kinds: frozenset[str]) -> list[str]:
    return [kind for kind in KINDS if kind in kinds]
