"""What a message holds beside its words, and how each bot sees it: identifiers of files are a bot's own."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from sandbox.files import COVERED, StoredFile
from sandbox.wire import Json

if TYPE_CHECKING:
    from sandbox.chats.message import Message

CAPTION_ABOVE = "show_caption_above_media"


class Content(Protocol):
    """Under Telegram's own names, for the bot with this id; 0 is nobody in particular."""

    def shown_to(self, viewer: int) -> Json: ...


class Plain:
    """The same for everybody: a place, a contact, an invoice, what happened to the group."""

    def __init__(self, shown: Mapping[str, object]) -> None:
        self._shown = dict(shown)

    def shown_to(self, viewer: int) -> Json:
        return self._shown


@dataclass(frozen=True, slots=True)
class OfFile:
    """A file, with what else Telegram shows beside it (`has_media_spoiler` and its like)."""

    file: StoredFile
    more: Mapping[str, object] = field(default_factory=dict)

    def shown_to(self, viewer: int) -> Json:
        return {**self.file.as_content(viewer), **self.more}

    def captioned(self, *, above: bool) -> "OfFile":
        """The same with its words above it or below, where Telegram knows the difference."""
        if self.file.kind not in COVERED:
            return self
        more = {name: value for name, value in self.more.items() if name != CAPTION_ABOVE}
        return OfFile(self.file, {**more, CAPTION_ABOVE: True} if above else more)


class OfMessage:
    """Another message, as in the note that something was pinned."""

    def __init__(self, field: str, message: "Message") -> None:
        self._field = field
        self._message = message

    def shown_to(self, viewer: int) -> Json:
        return {self._field: self._message.as_telegram(viewer, with_reply=False)}
