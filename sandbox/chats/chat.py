"""A chat: its messages, and what people see around them. A private one here; groups in `group.py`."""

from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from sandbox.bell import Bell
from sandbox.chats.message import Message
from sandbox.events import Events
from sandbox.people import Person
from sandbox.refusals import BlockedByTheUser, CannotInitiateConversation
from sandbox.wire import Json

NOBODYS = 0


@dataclass(frozen=True, slots=True)
class Toast:
    """What an answered button said on top of the chat."""

    query_id: str
    text: str
    show_alert: bool
    revision: int

    def as_json(self) -> Json:
        return {
            "text": self.text,
            "show_alert": self.show_alert,
            "query_id": self.query_id,
            "revision": self.revision,
        }


@dataclass(slots=True)
class Seat:
    """One person before one chat; `unread` counts by topic, 0 being what is in none."""

    unread: Counter[int] = field(default_factory=Counter)
    toast: Toast | None = None


class Chat(ABC):
    """The revision rises with every change that somebody could see. Pins: the oldest first."""

    def __init__(self, chat_id: int, events: Events) -> None:
        self._events = events
        self.id = chat_id
        self.messages: dict[int, Message] = {}
        self.pins: list[int] = []
        self.last_message_id = 0
        self.revision = 0
        self.changed = Bell()
        self.typing_until = 0.0
        self.typing_in = 0
        self._seats: dict[int, Seat] = {}
        self._keyboard: Message | None = None
        self._keyboard_used = False

    @property
    @abstractmethod
    def kind(self) -> str:
        """Telegram's word for it: private, supergroup."""

    @property
    def eyes(self) -> int:
        """Whose identifiers of files the people's side shows: those of the only bot, or nobody's."""
        return NOBODYS

    @property
    def forum(self) -> bool:
        return False

    @abstractmethod
    def as_telegram(self) -> Json: ...

    @abstractmethod
    def next_message_id(self) -> int: ...

    @abstractmethod
    def require_open_to(self, bot: int) -> None:
        """Refuses as Telegram does where this bot may not write."""

    @abstractmethod
    def require_permission(self, bot: int, kind: str) -> None:
        """Refuses what a restricted bot may not send here."""

    def opening(self, thread: int) -> Message | None:
        """The message that opened a topic, to which all others in it are replies."""
        return None

    @abstractmethod
    def audience(self) -> Iterable[int]:
        """The people who look at this chat."""

    @abstractmethod
    def hearers(self, message: Message) -> Iterable[int]:
        """The bots that are told of it: of what people say, and of what happens to the chat, their own deeds too."""

    @abstractmethod
    def watchers(self) -> Iterable[int]:
        """The bots that may know what people think of a message."""

    @abstractmethod
    def _tell(self) -> int: ...

    def seat(self, person: int) -> Seat:
        return self._seats.setdefault(person, Seat())

    def touch(self) -> int:
        self.revision = self._tell()
        self.changed.ring()
        return self.revision

    def add(self, message: Message) -> None:
        """Whoever writes has read what stands above."""
        self.messages[message.message_id] = message
        self.last_message_id = message.message_id
        if message.from_bot:
            self.typing_until = 0.0
            if message.reply_keyboard is not None:
                self._keyboard = message if "keyboard" in message.reply_keyboard else None
                self._keyboard_used = False
        else:
            self._keyboard_used = True
        for person in self.audience():
            seat = self.seat(person)
            if message.by(person):
                seat.unread[message.thread] = 0
            elif not message.service:
                seat.unread[message.thread] += 1
        self.touch()

    def remove(self, message_id: int) -> None:
        """The keyboard that a message brought goes with it, and so does its pin."""
        message = self.messages[message_id]
        for person, seat in self._seats.items():
            if self._is_unread(message, person, seat):
                seat.unread[message.thread] -= 1
        del self.messages[message_id]
        if message is self._keyboard:
            self._keyboard = None
        if message_id in self.pins:
            self.pins.remove(message_id)
        self.touch()

    def _is_unread(self, message: Message, person: int, seat: Seat) -> bool:
        """The unread ones of a topic are its newest."""
        unread = seat.unread[message.thread]
        if not unread or message.service or message.by(person):
            return False
        for newer in reversed(self.messages.values()):
            if newer is message:
                return True
            if newer.thread == message.thread and not newer.service and not newer.by(person):
                unread -= 1
            if not unread:
                break
        return False

    def remove_thread(self, thread: int) -> None:
        """All that was said in one topic, and whatever it left unread."""
        gone = [message_id for message_id, message in self.messages.items() if message.thread == thread]
        for message_id in gone:
            if self.messages.pop(message_id) is self._keyboard:
                self._keyboard = None
        self.pins = [pinned for pinned in self.pins if pinned in self.messages]
        for seat in self._seats.values():
            del seat.unread[thread]
        self.touch()

    def keyboard(self) -> Json | None:
        """What stands in place of the people's own keyboard; `used` since somebody has said something."""
        message = self._keyboard
        if message is None or message.reply_keyboard is None:
            return None
        return {**message.reply_keyboard, "message_id": message.message_id, "used": self._keyboard_used}

    def notify(self, person: int, query_id: str, text: str, *, show_alert: bool) -> None:
        """Show an answer; an empty one only ends the waiting."""
        revision = self.touch()
        if text:
            self.seat(person).toast = Toast(query_id, text, show_alert, revision)

    def had(self, message_id: int) -> bool:
        """Whether the message was here once, even if it is deleted now."""
        return message_id in self.messages or 0 < message_id <= self.last_message_id


class PrivateChat(Chat):
    """Numbered with all private chats of its bot, as on the real server."""

    def __init__(self, bot_id: int, person: Person, number: Callable[[], int], events: Events) -> None:
        super().__init__(person.id, events)
        self.bot_id = bot_id
        self.person = person
        self._number = number
        self.started = False
        self.blocked = False

    @property
    def kind(self) -> str:
        return "private"

    @property
    def eyes(self) -> int:
        return self.bot_id

    def as_telegram(self) -> Json:
        return self.person.as_chat()

    def next_message_id(self) -> int:
        return self._number()

    def require_open_to(self, bot: int) -> None:
        if self.blocked:
            raise BlockedByTheUser
        if not self.started:
            raise CannotInitiateConversation

    def require_permission(self, bot: int, kind: str) -> None:
        """Nobody is restricted in a private chat."""

    def audience(self) -> Iterable[int]:
        return (self.person.id,)

    def hearers(self, message: Message) -> Iterable[int]:
        return (self.bot_id,)

    def watchers(self) -> Iterable[int]:
        return () if self.blocked else (self.bot_id,)

    def _tell(self) -> int:
        return self._events.private_chat_changed(self.person.id, self.bot_id)
