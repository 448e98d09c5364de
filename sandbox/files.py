"""The files of the chats: what people and bots have sent, by the identifiers that Telegram gives out."""

import re
from base64 import urlsafe_b64encode
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from itertools import count
from mimetypes import guess_type

from sandbox.wire import Json

UPLOAD_BYTES = 50 * 2**20
DOWNLOAD_BYTES = 20 * 2**20
UNKNOWN_KIND = "application/octet-stream"
FOLDERS = re.compile(r".*[/\\]", re.DOTALL)
SUFFIX = re.compile(r"\.[A-Za-z0-9]{1,10}$")
UNIQUE_ID_CHARACTERS = 12


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as it came in a form."""

    name: str
    content_type: str
    content: bytes


class FileKind(StrEnum):
    DOCUMENT = "document"
    PHOTO = "photo"


BEGINNINGS = {FileKind.DOCUMENT: "BQACAgI", FileKind.PHOTO: "AgACAgI"}


@dataclass(frozen=True, slots=True)
class StoredFile:
    """`size_in_pixels` is of a photo."""

    file_id: str
    unique_id: str
    path: str
    kind: FileKind
    name: str
    mime_type: str
    content: bytes
    size_in_pixels: tuple[int, int]

    def as_content(self) -> Json:
        """Its place in a message."""
        if self.kind is FileKind.PHOTO:
            width, height = self.size_in_pixels
            return {"photo": [{**self._names(), "width": width, "height": height}]}
        return {"document": {**self._names(), "file_name": self.name, "mime_type": self.mime_type}}

    def as_file(self) -> Json:
        return {**self._names(), "file_path": self.path}

    def _names(self) -> Json:
        return {"file_id": self.file_id, "file_unique_id": self.unique_id, "file_size": len(self.content)}


class FileShelf:
    """An identifier is good for the bot that got it, and for no other."""

    def __init__(self) -> None:
        self._numbers = count()
        self._files: dict[tuple[int, str], StoredFile] = {}
        self._paths: dict[tuple[int, str], StoredFile] = {}

    def put(self, bot_id: int, upload: Upload, kind: FileKind, pixels: tuple[int, int] = (0, 0)) -> StoredFile:
        number = next(self._numbers)
        name = FOLDERS.sub("", upload.name) or "file"
        suffix = SUFFIX.search(name)
        stored = StoredFile(
            file_id=BEGINNINGS[kind] + _letters(f"{bot_id}/{number}".encode()),
            unique_id="AgAD" + _letters(upload.content)[:UNIQUE_ID_CHARACTERS],
            path=f"{kind.value}s/file_{number}{suffix.group().lower() if suffix else ''}",
            kind=kind,
            name=name,
            mime_type=_mime_type(name, upload.content_type),
            content=upload.content,
            size_in_pixels=pixels,
        )
        self._files[bot_id, stored.file_id] = self._paths[bot_id, stored.path] = stored
        return stored

    def get(self, bot_id: int, file_id: str) -> StoredFile | None:
        return self._files.get((bot_id, file_id))

    def at(self, bot_id: int, path: str) -> StoredFile | None:
        return self._paths.get((bot_id, path))

    def of_any_bot(self, file_id: str) -> StoredFile | None:
        return next((stored for (_, known), stored in self._files.items() if known == file_id), None)

    def clear(self) -> None:
        self._files.clear()
        self._paths.clear()


def _letters(content: bytes) -> str:
    return urlsafe_b64encode(sha256(content).digest()).decode().rstrip("=")


def _mime_type(name: str, given: str) -> str:
    """The sender's word, unless it says nothing."""
    if given and given != UNKNOWN_KIND:
        return given
    return guess_type(name)[0] or UNKNOWN_KIND
