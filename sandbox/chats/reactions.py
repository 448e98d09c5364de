"""What somebody thinks of a message, in one emoji."""

from sandbox.chats.chat import Chat
from sandbox.chats.message import Message
from sandbox.hearing.tell import tell
from sandbox.people import Person
from sandbox.wire import Json
from sandbox.world import World

ALLOWED = frozenset(
    "❤👍👎🔥🥰👏😁🤔🤯😱🤬😢🎉🤩🤮💩🙏👌🕊🤡🥱🥴😍🐳"
    "🌚🌭💯🤣⚡🍌🏆💔🤨😐🍓🍾💋🖕😈😴😭🤓👻"
    "👀🎃🙈😇😨🤝✍🤗🫡🎅🎄☃💅🤪🗿🆒💘🙉🦄😘💊🙊😎👾🤷😡"
) | {"\u2764\u200d\U0001f525", "\U0001f468\u200d\U0001f4bb", "\U0001f937\u200d\u2642", "\U0001f937\u200d\u2640"}

MOST_KINDS = 11


def kinds_of(message: Message, but: int) -> set[str]:
    """The different emoji under a message, those of one user left out."""
    return {
        str(reaction.get("emoji")) for user, given in message.reactions.items() if user != but for reaction in given
    }


def plain_emoji(emoji: str) -> str:
    """Without the mark that asks for a coloured picture, which reactions do not carry."""
    return emoji.replace("\ufe0f", "")


def set_reactions(chat: Chat, message: Message, user: int, given: list[Json]) -> list[Json]:
    """What it was before."""
    before = message.reactions.pop(user, [])
    if given:
        message.reactions[user] = given
    chat.touch()
    return before


def react(world: World, chat: Chat, person: Person, message: Message, emoji: str) -> None:
    """An empty emoji takes the reaction back. In a group the bots in charge are told."""
    given: list[Json] = [{"type": "emoji", "emoji": emoji}] if emoji else []
    if message.reactions.get(person.id, []) == given:
        return
    before = set_reactions(chat, message, person.id, given)
    update: Json = {
        "chat": chat.as_telegram(),
        "message_id": message.message_id,
        "user": person.as_user(),
        "date": int(world.clock.now()),
        "old_reaction": before,
        "new_reaction": given,
    }
    for bot_id in chat.watchers():
        tell(world.bots.of_id(bot_id), chat, "message_reaction", update)
