"""One private chat: its messages, and what the person sees around them."""

from dataclasses import dataclass

from sandbox.bell import Bell
from sandbox.events import Events
from sandbox.message import Message
from sandbox.people import Person
from sandbox.refusals import BlockedByTheUser, CannotInitiateConversation
from sandbox.wire import Json


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


class Chat:
    """The revision rises with every change that the person could see."""

    def __init__(self, bot_id: int, person: Person, events: Events) -> None:
        self._bot_id = bot_id
        self._events = events
        self.person = person
        self.messages: dict[int, Message] = {}
        self.last_message_id = 0
        self.revision = 0
        self.changed = Bell()
        self.started = False
        self.blocked = False
        self.unread = 0
        self.toast: Toast | None = None
        self.typing_until = 0.0
        self._keyboard: Message | None = None
        self._keyboard_used = False

    def touch(self) -> int:
        self.revision = self._events.chat_changed(self.person.id, self._bot_id)
        self.changed.ring()
        return self.revision

    def require_open(self) -> None:
        if self.blocked:
            raise BlockedByTheUser
        if not self.started:
            raise CannotInitiateConversation

    def add(self, message: Message) -> None:
        self.messages[message.message_id] = message
        self.last_message_id = message.message_id
        if message.from_bot:
            self.unread += 1
            self.typing_until = 0.0
            if message.reply_keyboard is not None:
                self._keyboard = message if "keyboard" in message.reply_keyboard else None
                self._keyboard_used = False
        else:
            self.unread = 0
            self._keyboard_used = True
        self.touch()

    def remove(self, message_id: int) -> None:
        """The keyboard that a message brought goes with it."""
        if self.messages.pop(message_id) is self._keyboard:
            self._keyboard = None
        self.touch()

    def keyboard(self) -> Json | None:
        """What stands in place of the person's own keyboard; `used` since they have said something."""
        message = self._keyboard
        if message is None or message.reply_keyboard is None:
            return None
        return {**message.reply_keyboard, "message_id": message.message_id, "used": self._keyboard_used}

    def notify(self, query_id: str, text: str, *, show_alert: bool) -> None:
        """Show an answer; an empty one only ends the waiting."""
        revision = self.touch()
        if text:
            self.toast = Toast(query_id, text, show_alert, revision)

    def had(self, message_id: int) -> bool:
        """Whether the message was here once, even if it is deleted now."""
        return message_id in self.messages or 0 < message_id <= self.last_message_id
