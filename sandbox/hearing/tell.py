"""Who among the bots is told what: each gets its own update, with its own identifiers of files."""

from sandbox.bots import Bot, Bots
from sandbox.chats.chat import Chat
from sandbox.chats.message import Message
from sandbox.wire import Json

UpdateNumbers = dict[int, int | None]
EDITED = "edited_message"
NEW = "message"


def tell_of_message(bots: Bots, message: Message, kind: str = NEW) -> UpdateNumbers:
    """The number of each bot's update; None for a bot that does not want this kind."""
    told: UpdateNumbers = {}
    for bot_id in message.chat.hearers(message):
        bot = bots.of_id(bot_id)
        told[bot_id] = bot.updates.put(kind, message.as_telegram(bot_id), message.chat.id)
    return told


def tell(bot: Bot, chat: Chat, kind: str, payload: Json) -> int | None:
    return bot.updates.put(kind, payload, chat.id)
