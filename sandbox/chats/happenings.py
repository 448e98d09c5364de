"""What happened to a chat, as a message that everybody sees: somebody came, a topic was opened."""

from sandbox.chats.chat import Chat
from sandbox.chats.content import Content
from sandbox.chats.members import User
from sandbox.chats.message import Message
from sandbox.hearing.tell import UpdateNumbers, tell_of_message
from sandbox.world import World


def happened(
    world: World, chat: Chat, by: User, kind: str, content: Content, thread: int = 0
) -> tuple[Message, UpdateNumbers]:
    """The service message, and the update of each bot that heard of it."""
    message = Message(
        message_id=chat.next_message_id(),
        sender=by.as_user(),
        chat=chat,
        date=int(world.clock.now()),
        text="",
        entities=[],
        kind=kind,
        content=content,
        thread=thread,
        service=True,
    )
    chat.add(message)
    return message, tell_of_message(world.bots, message)
