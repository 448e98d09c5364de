"""What a message holds beside its words, and how each bot sees it: identifiers of files are a bot's own."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Protocol

from sandbox.files import StoredFile
from sandbox.wire import Json

if TYPE_CHECKING:
    from sandbox.message import Message

NOTHING: Json = {}


class Content(Protocol):
    """Under Telegram's own names, for the bot with this id; 0 is nobody in particular."""

    def shown_to(self, viewer: int) -> Json: ...

    def files(self) -> Iterable[StoredFile]: ...


class Plain:
    """The same for everybody: a place, a contact, an invoice, what happened to the group."""

    def __init__(self, shown: Mapping[str, object]) -> None:
        self._shown = dict(shown)

    def shown_to(self, viewer: int) -> Json:
        return self._shown

    def files(self) -> Iterable[StoredFile]:
        return ()


class OfFile:
    """A file, with what else Telegram shows beside it (`has_media_spoiler` and its like)."""

    def __init__(self, file: StoredFile, more: Mapping[str, object] = NOTHING) -> None:
        self.file = file
        self.more = dict(more)

    def shown_to(self, viewer: int) -> Json:
        return {**self.file.as_content(viewer), **self.more}

    def files(self) -> Iterable[StoredFile]:
        return (self.file,)


class OfMessage:
    """Another message, as in the note that something was pinned."""

    def __init__(self, field: str, message: "Message") -> None:
        self._field = field
        self._message = message

    def shown_to(self, viewer: int) -> Json:
        return {self._field: self._message.as_telegram(viewer, with_reply=False)}

    def files(self) -> Iterable[StoredFile]:
        return ()
