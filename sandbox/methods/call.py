"""What a method is given, and what it is."""

from collections.abc import Awaitable, Callable
from typing import NamedTuple, TypeAlias

from sandbox.bad_requests import ChatNotFound, MessageThreadNotFound, TopicClosed
from sandbox.bots import Bot
from sandbox.calls.parameters import Parameters, whole_number
from sandbox.chats.chat import Chat
from sandbox.chats.forum import may_change
from sandbox.chats.group import Group
from sandbox.chats.topics import GENERAL
from sandbox.refusals import BadRequest
from sandbox.wire import Json
from sandbox.world import World

MENTION = "tg://user?id="


class Call(NamedTuple):
    world: World
    bot: Bot
    parameters: Parameters

    def chat(self, field: str = "chat_id") -> Chat:
        """The chat named by the call; one that the person never opened exists all the same, but is closed."""
        chat_id = self.parameters.chat_id(field)
        if isinstance(chat_id, str):
            return self._public_group(chat_id)
        private = self.bot.chats.get(chat_id)
        if private is not None:
            return private
        group = self.world.groups.get(chat_id)
        if group is not None and self.bot.id in group.members:
            return group
        person = self.world.people.get(chat_id)
        if person is None:
            raise ChatNotFound
        return self.bot.chat_with(person, self.world.events)

    def _public_group(self, name: str) -> Group:
        for group in self.world.groups.values():
            if group.username and group.username.lower() == name.lower():
                return group
        raise ChatNotFound

    def group(self) -> Group:
        """A group into which the bot may write."""
        chat = self.open_chat()
        if not isinstance(chat, Group):
            raise BadRequest("method is available only for supergroups")
        return chat

    def open_chat(self) -> Chat:
        """A chat into which the bot may write."""
        chat = self.chat()
        chat.require_open_to(self.bot.id)
        return chat

    def thread(self, chat: Chat) -> int:
        """The topic in which the bot writes; 0 for the general one, which cannot be named."""
        thread = self.parameters.integer("message_thread_id")
        if not isinstance(chat, Group) or not chat.forum:
            if thread:
                raise MessageThreadNotFound
            return 0
        topic = chat.topics.get(thread or GENERAL)
        if topic is None or thread == GENERAL:
            raise MessageThreadNotFound
        if topic.closed and not may_change(chat, self.bot, topic):
            raise TopicClosed
        return thread

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
