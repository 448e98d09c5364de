"""A message of a chat, and the two ways to show it: to the bot, and to the person."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from sandbox.wire import Json


@dataclass(slots=True, eq=False)
class Message:
    """`content` holds what is not text (a sticker, a photo), under Telegram's own names; `text` is then its caption."""

    message_id: int
    from_bot: bool
    sender: Json
    chat: Json
    date: int
    text: str
    entities: list[Json]
    inline_keyboard: Json | None = None
    reply_keyboard: Json | None = None
    kind: str = "text"
    content: Json = field(default_factory=dict)
    reply_to: "Message | None" = None
    edit_date: int | None = None
    protected: bool = False

    def as_telegram(self, *, with_reply: bool = True) -> Json:
        """As the Bot API shows it; keyboards other than inline ones are never shown back."""
        shown: Json = {
            "message_id": self.message_id,
            "from": self.sender,
            "chat": self.chat,
            "date": self.date,
        }
        if self.edit_date is not None:
            shown["edit_date"] = self.edit_date
        if self.reply_to is not None and with_reply:
            shown["reply_to_message"] = self.reply_to.as_telegram(with_reply=False)
        if self.protected:
            shown["has_protected_content"] = True
        text, entities = ("text", "entities") if self.kind == "text" else ("caption", "caption_entities")
        if self.text:
            shown[text] = self.text
        if self.entities:
            shown[entities] = self.entities
        if self.content:
            shown.update(self.content)
        if self.inline_keyboard is not None:
            shown["reply_markup"] = self.inline_keyboard
        return shown

    def as_seen(self) -> Json:
        """As the person's side shows it."""
        return {
            "message_id": self.message_id,
            "from": "bot" if self.from_bot else "person",
            "date": self.date,
            "edited": self.edit_date is not None,
            "text": self.text,
            "entities": self.entities,
            "inline_keyboard": self.inline_keyboard and self.inline_keyboard["inline_keyboard"],
            "reply_keyboard": self.reply_keyboard,
            "kind": self.kind,
            "content": self.content,
            "protected": self.protected,
            "reply_to": self.reply_to.message_id if self.reply_to else None,
        }

    def buttons(self) -> Iterator[Json]:
        for row in self.rows():
            yield from row

    def rows(self) -> list[list[Json]]:
        rows = self.inline_keyboard["inline_keyboard"] if self.inline_keyboard else []
        return rows if isinstance(rows, list) else []
