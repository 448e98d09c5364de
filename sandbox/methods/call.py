"""What a method is given, and what it is."""

from collections.abc import Awaitable, Callable
from typing import NamedTuple, TypeAlias

from sandbox.bots import Bot
from sandbox.chat import Chat
from sandbox.parameters import Parameters, whole_number
from sandbox.refusals import ChatNotFound
from sandbox.wire import Json
from sandbox.world import World

MENTION = "tg://user?id="


class Call(NamedTuple):
    world: World
    bot: Bot
    parameters: Parameters

    def chat(self) -> Chat:
        """The chat named by the call; one that the person never opened exists all the same, but is closed."""
        chat_id = self.parameters.chat_id()
        chat = self.bot.chats.get(chat_id)
        if chat is not None:
            return chat
        person = self.world.people.get(chat_id)
        if person is None:
            raise ChatNotFound
        return self.bot.chat_with(person, self.world.events)

    def open_chat(self) -> Chat:
        """A chat into which the bot may write."""
        chat = self.chat()
        chat.require_open()
        return chat

    def mention(self, entity: Json) -> Json | None:
        """A link to a person becomes a mention where the person is known, and nothing otherwise."""
        url = entity.get("url")
        if not isinstance(url, str) or not url.startswith(MENTION):
            return entity
        person = self.world.people.get(whole_number(url.removeprefix(MENTION)) or 0)
        if person is None:
            return None
        kept = {name: value for name, value in entity.items() if name != "url"}
        return {**kept, "type": "text_mention", "user": person.as_user()}


Run: TypeAlias = Callable[[Call], Awaitable[object]]


class Method(NamedTuple):
    """`key` is the name in lower case, by which faults are planned too."""

    name: str
    key: str
    run: Run
