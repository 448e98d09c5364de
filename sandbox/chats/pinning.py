"""What stands at the top of a chat."""

from sandbox.chats.chat import Chat
from sandbox.chats.content import OfMessage
from sandbox.chats.happenings import happened
from sandbox.chats.members import User
from sandbox.chats.message import Message
from sandbox.world import World


def pin(world: World, chat: Chat, by: User, message: Message) -> None:
    """Pinning what is pinned already changes nothing."""
    if message.message_id in chat.pins:
        return
    chat.pins.append(message.message_id)
    chat.pins.sort()
    happened(world, chat, by, "pinned_message", OfMessage("pinned_message", message), message.thread)


def unpin(chat: Chat, message_ids: set[int]) -> None:
    chat.pins = [pinned for pinned in chat.pins if pinned not in message_ids]
    chat.touch()
