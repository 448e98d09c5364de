"""A group of people and bots; as a forum it has topics. Everybody sees the same messages under the same numbers."""

import re
from collections.abc import Iterable, Iterator

from sandbox.chat import Chat
from sandbox.events import Events
from sandbox.members import Member, Status, User
from sandbox.message import Message
from sandbox.refusals import ChatNotFound, Forbidden
from sandbox.topics import GENERAL, Topic
from sandbox.wire import Json

FIRST_GROUP = -1001000000000
GREEN = 0x6FB9F0
ADDRESSED = re.compile(r"/\w+@(\w+)")


class Group(Chat):
    def __init__(self, chat_id: int, title: str, events: Events, *, forum: bool, username: str = "") -> None:
        super().__init__(chat_id, events)
        self.title = title
        self.username = username
        self.topics: dict[int, Topic] = {GENERAL: Topic(GENERAL, "General", GREEN)} if forum else {}
        self.members: dict[int, Member] = {}
        self._forum = forum
        self._last_bot = 0

    @property
    def kind(self) -> str:
        return "supergroup"

    @property
    def forum(self) -> bool:
        return self._forum

    def as_telegram(self) -> Json:
        shown: Json = {"id": self.id, "title": self.title, "type": self.kind}
        if self.username:
            shown["username"] = self.username
        if self._forum:
            shown["is_forum"] = True
        return shown

    def next_message_id(self) -> int:
        return self.last_message_id + 1

    def member(self, user: User) -> Member:
        """Whoever was never here has left."""
        return self.members.get(user.id) or Member(user, Status.LEFT)

    def present(self) -> Iterator[Member]:
        return (member for member in self.members.values() if member.present)

    def require_open_to(self, bot: int) -> None:
        member = self.members.get(bot)
        if member is None:
            raise ChatNotFound
        if member.status is Status.KICKED:
            raise Forbidden("bot was kicked from the supergroup chat")
        if not member.present:
            raise Forbidden("bot is not a member of the supergroup chat")

    def audience(self) -> Iterable[int]:
        return [member.user.id for member in self.present() if not member.user.as_user()["is_bot"]]

    def add(self, message: Message) -> None:
        super().add(message)
        if message.from_bot and not message.service:
            self._last_bot = int(str(message.sender["id"]))

    def hearers(self, message: Message) -> Iterable[int]:
        """Whom privacy mode lets hear: what happens, what is said to them, and all of it where they are in charge."""
        bots = [
            member for member in self.present() if member.user.as_user()["is_bot"] and not message.by(member.user.id)
        ]
        if message.service:
            return [member.user.id for member in bots]
        if message.from_bot:
            return []
        return [member.user.id for member in bots if member.in_charge or self._is_meant_for(member.user, message)]

    def _is_meant_for(self, bot: User, message: Message) -> bool:
        if message.reply_to is not None and message.reply_to.by(bot.id):
            return True
        if not message.text.startswith("/"):
            return False
        addressed = ADDRESSED.match(message.text)
        if addressed is not None:
            return addressed.group(1).lower() == str(bot.as_user()["username"]).lower()
        return self._last_bot in (0, bot.id)

    def _tell(self) -> int:
        return self._events.group_changed(self.id)
