"""Where somebody is: one person, before one chat, perhaps in one of its topics."""

from typing import NamedTuple

from sandbox.bots import Bot
from sandbox.chats.chat import Chat, PrivateChat
from sandbox.chats.group import Group
from sandbox.chats.topics import GENERAL
from sandbox.people import Person
from sandbox.sim.asked import Mistake
from sandbox.world import World


class Place(NamedTuple):
    """`thread` is 0 outside of topics, and in the general one."""

    world: World
    person: Person
    chat: Chat
    thread: int = 0

    def require_voice(self) -> None:
        """A person who cannot write here is told why."""
        self.require_not_blocked()
        if isinstance(self.chat, Group):
            self._require_voice_in(self.chat)

    def require_not_blocked(self) -> None:
        if isinstance(self.chat, PrivateChat) and self.chat.blocked:
            raise Mistake(f"{self.person.first_name} has blocked this bot: unblock it first.")

    def _require_voice_in(self, group: Group) -> None:
        member = group.members[self.person.id]
        if not member.permitted("can_send_messages"):
            raise Mistake(f"{self.person.first_name} may not write in {group.title}.")
        if not group.forum:
            return
        topic = group.topics.get(self.thread or GENERAL)
        if topic is None:
            raise Mistake(f"There is no topic {self.thread} in this group.")
        if topic.closed and not member.may("can_manage_topics"):
            raise Mistake(f"The topic {topic.name} is closed.")

    def bot(self, author: int | None = None) -> Bot:
        """The bot of a private chat; in a group the one named by its number."""
        if isinstance(self.chat, PrivateChat):
            return self.world.bots.of_id(self.chat.bot_id)
        bots = {} if author is None else self.world.bots.by_id
        if author is None or author not in bots:
            raise Mistake("In a group, name the message of a bot.")
        return bots[author]
