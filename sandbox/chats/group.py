"""A group of people and bots; as a forum it has topics. Everybody sees the same messages under the same numbers."""

from collections.abc import Iterable, Iterator

from sandbox.bad_requests import ChatNotFound, NotEnoughRights
from sandbox.chats.chat import Chat
from sandbox.chats.members import NEEDED_TO_SEND, Member, Status, User
from sandbox.chats.message import Message
from sandbox.chats.topics import GENERAL, Topic
from sandbox.events import Events
from sandbox.refusals import Forbidden
from sandbox.text.entities import covered
from sandbox.wire import Json

FIRST_GROUP = -1001000000000
GREEN = 0x6FB9F0


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
        if member is None and not self.username:
            raise ChatNotFound
        if member is not None and member.status is Status.KICKED:
            raise Forbidden("bot was kicked from the supergroup chat")
        if member is None or not member.present:
            raise Forbidden("bot is not a member of the supergroup chat")

    def require_permission(self, bot: int, kind: str) -> None:
        needed = NEEDED_TO_SEND.get(kind)
        if needed is not None and not self.members[bot].permitted(needed[0]):
            raise NotEnoughRights(f"to send {needed[1]} to the chat")

    def opening(self, thread: int) -> Message | None:
        return self.messages.get(thread) if thread in self.topics else None

    def audience(self) -> Iterable[int]:
        return [member.user.id for member in self.present() if not member.is_bot]

    def add(self, message: Message) -> None:
        super().add(message)
        if message.from_bot and not message.service:
            self._last_bot = int(str(message.sender["id"]))

    def hearers(self, message: Message) -> Iterable[int]:
        """Whom privacy mode lets hear: what happens, what is said to them, and all of it where they may."""
        bots = [member for member in self.present() if member.is_bot]
        if message.service:
            return [member.user.id for member in bots]
        meant = self._meant_for(message, {member.user.id: member.user for member in bots})
        return [member.user.id for member in bots if member.hears_all or member.user.id in meant]

    def watchers(self) -> Iterable[int]:
        return [member.user.id for member in self.present() if member.in_charge and member.is_bot]

    def _meant_for(self, message: Message, bots: dict[int, User]) -> set[int]:
        """A reply before all, then the bots it names; a command that names none is for the last bot that spoke."""
        if message.reply_to is not None:
            answered = {bot for bot in bots if message.reply_to.by(bot)} or self._named(message.reply_to, bots)
            if answered:
                return answered
        named, command = self._named(message, bots), _command(message)
        if named or not command or "@" in command:
            return named
        return {self._last_bot} if self._last_bot in bots else set(bots)

    def _named(self, message: Message, bots: dict[int, User]) -> set[int]:
        """The bot of a command such as /start@this_bot, or else those that are mentioned."""
        command = _command(message)
        names = [command] if "@" in command else _all_of(message, "mention")
        wanted = {name.partition("@")[2].lower() for name in names}
        return {number for number, bot in bots.items() if str(bot.as_user()["username"]).lower() in wanted}

    def _tell(self) -> int:
        return self._events.group_changed(self.id)


def _command(message: Message) -> str:
    """The one with which it begins, if it begins with one."""
    return next((command for command in _all_of(message, "bot_command") if message.text.startswith(command)), "")


def _all_of(message: Message, kind: str) -> list[str]:
    return [covered(message.text, entity) for entity in message.entities if entity["type"] == kind]
