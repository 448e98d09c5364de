"""A message of a chat, and the two ways to show it: to a bot, and to the people."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sandbox.chats.content import Content
from sandbox.wire import Json

if TYPE_CHECKING:
    from sandbox.chats.chat import Chat

RECEIPT = "Receipt"


@dataclass(slots=True, eq=False)
class Message:
    """`content` holds what is not text; `text` is then its caption. `thread` is the topic, 0 outside of topics."""

    message_id: int
    sender: Json
    chat: "Chat"
    date: int
    text: str
    entities: list[Json]
    inline_keyboard: Json | None = None
    reply_keyboard: Json | None = None
    kind: str = "text"
    content: Content | None = None
    reply_to: "Message | None" = None
    thread: int = 0
    album: str = ""
    origin: Json | None = None
    edit_date: int | None = None
    protected: bool = False
    service: bool = False
    paid: int = 0
    reactions: dict[int, list[Json]] = field(default_factory=dict)

    @property
    def from_bot(self) -> bool:
        return bool(self.sender["is_bot"])

    def by(self, user_id: int) -> bool:
        return self.sender["id"] == user_id

    def as_telegram(self, viewer: int, *, with_reply: bool = True) -> Json:
        """As the Bot API shows it; keyboards other than inline ones are never shown back."""
        shown: Json = {
            "message_id": self.message_id,
            "from": self.sender,
            "chat": self.chat.as_telegram(),
            "date": self.date,
        }
        if self.thread:
            shown["message_thread_id"] = self.thread
            shown["is_topic_message"] = True
        if self.origin is not None:
            shown["forward_origin"] = self.origin
        if self.edit_date is not None:
            shown["edit_date"] = self.edit_date
        replied = (self.reply_to or self._opening()) if with_reply else None
        if replied is not None:
            shown["reply_to_message"] = replied.as_telegram(viewer, with_reply=False)
        if self.protected:
            shown["has_protected_content"] = True
        if self.album:
            shown["media_group_id"] = self.album
        text, entities = ("text", "entities") if self.kind == "text" else ("caption", "caption_entities")
        if self.text:
            shown[text] = self.text
        if self.entities:
            shown[entities] = self.entities
        if self.content is not None:
            shown.update(self.content.shown_to(viewer))
        if self.inline_keyboard is not None:
            shown["reply_markup"] = self.inline_keyboard
        return shown

    def _opening(self) -> "Message | None":
        """What is said in a topic, and to nobody in particular, answers the message that opened it."""
        return self.chat.opening(self.thread) if self.message_id > self.thread > 0 else None

    def as_seen(self) -> Json:
        """As the people's side shows it."""
        return {
            "message_id": self.message_id,
            "from": "bot" if self.from_bot else "person",
            "sender": self.sender,
            "date": self.date,
            "edited": self.edit_date is not None,
            "text": self.text,
            "entities": self.entities,
            "inline_keyboard": self._rows_seen(),
            "reply_keyboard": self.reply_keyboard,
            "kind": self.kind,
            "content": self.content.shown_to(self.chat.eyes) if self.content is not None else {},
            "protected": self.protected,
            "reply_to": self.reply_to.message_id if self.reply_to else None,
            "thread": self.thread,
            "album": self.album,
            "origin": self.origin,
            "pinned": self.message_id in self.chat.pins,
            "service": self.service,
            "paid": self.paid,
            "reactions": [{"user": user, "reactions": given} for user, given in self.reactions.items()],
        }

    def _rows_seen(self) -> list[list[Json]] | None:
        """Where only one person can pay, an invoice that is paid shows its receipt."""
        rows = self.rows()
        if self.paid and self.chat.kind == "private":
            rows = [[{**button, "text": RECEIPT} if "pay" in button else button for button in row] for row in rows]
        return rows or None

    def buttons(self) -> Iterator[Json]:
        for row in self.rows():
            yield from row

    def rows(self) -> list[list[Json]]:
        rows = self.inline_keyboard["inline_keyboard"] if self.inline_keyboard else []
        return rows if isinstance(rows, list) else []
