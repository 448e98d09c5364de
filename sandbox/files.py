"""The files of the chats: what people and bots have sent, by the identifiers that Telegram gives out."""

import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as NotBase64
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from hashlib import sha256
from itertools import count
from mimetypes import guess_type

from sandbox.pictures import picture_in
from sandbox.wire import Json

UPLOAD_BYTES = 50 * 2**20
PHOTO_BYTES = 10 * 2**20
DOWNLOAD_BYTES = 20 * 2**20
UNKNOWN_KIND = "application/octet-stream"
FOLDERS = re.compile(r".*[/\\]", re.DOTALL)
SUFFIX = re.compile(r"\.[A-Za-z0-9]{1,10}$")
UNIQUE_ID_CHARACTERS = 12
NUMBER_IN_PATH = re.compile(r"/file_([0-9]+)")
NUMBER_BYTES = 6


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as it came in a form."""

    name: str
    content_type: str
    content: bytes


class FileKind(StrEnum):
    DOCUMENT = "document"
    PHOTO = "photo"
    VIDEO = "video"
    ANIMATION = "animation"
    AUDIO = "audio"
    VOICE = "voice"
    VIDEO_NOTE = "video_note"
    STICKER = "sticker"
    THUMBNAIL = "thumbnail"


BEGINNINGS = {
    FileKind.DOCUMENT: "BQACAgI",
    FileKind.PHOTO: "AgACAgI",
    FileKind.VIDEO: "BAACAgI",
    FileKind.ANIMATION: "CgACAgI",
    FileKind.AUDIO: "CQACAgI",
    FileKind.VOICE: "AwACAgI",
    FileKind.VIDEO_NOTE: "DQACAgI",
    FileKind.STICKER: "CAACAgI",
    FileKind.THUMBNAIL: "AAMCAgI",
}
BEGINNING_LETTERS = 7
FOLDER_OF = {FileKind.AUDIO: "music", FileKind.VOICE: "voice"}
PICTURES = frozenset({FileKind.PHOTO, FileKind.THUMBNAIL})
SEEN = frozenset({FileKind.PHOTO, FileKind.VIDEO})
COVERED = SEEN | {FileKind.ANIMATION}
MOST_IN_AN_ALBUM = 10
NAMED = frozenset({FileKind.DOCUMENT, FileKind.VIDEO, FileKind.ANIMATION, FileKind.AUDIO})
TYPED = NAMED | {FileKind.VOICE}
PLAYED_AS = {
    FileKind.VIDEO: ("video/", "video/mp4"),
    FileKind.ANIMATION: ("video/", "video/mp4"),
    FileKind.AUDIO: ("audio/", "audio/mpeg"),
    FileKind.VOICE: ("audio/", "audio/ogg"),
}


@dataclass(frozen=True, slots=True)
class StoredFile:
    """`facts` are what Telegram shows beside the names: a duration, a width, a performer."""

    number: int
    kind: FileKind
    name: str
    mime_type: str
    content: bytes
    unique_id: str
    facts: Mapping[str, object] = field(default_factory=dict)
    thumbnail: "StoredFile | None" = None

    @property
    def path(self) -> str:
        folder = FOLDER_OF.get(self.kind) or f"{self.kind.value}s"
        suffix = SUFFIX.search(self.name)
        return f"{folder}/file_{self.number}{suffix.group().lower() if suffix else ''}"

    def id_for(self, bot: int) -> str:
        """Its identifier for this bot, good for no other one."""
        number = self.number.to_bytes(NUMBER_BYTES)
        return BEGINNINGS[self.kind] + _letters(number + sha256(f"{bot}/{self.number}".encode()).digest()[:24])

    def as_content(self, bot: int) -> Json:
        """Its place in a message."""
        if self.kind is FileKind.PHOTO:
            return {"photo": [{**self.names(bot), **self.facts}]}
        shown: Json = {**self.names(bot), **self.facts}
        if self.kind in NAMED:
            shown["file_name"] = self.name
        if self.kind in TYPED:
            shown["mime_type"] = self.mime_type
        if self.thumbnail is not None:
            shown["thumbnail"] = {**self.thumbnail.names(bot), **self.thumbnail.facts}
        if self.kind is FileKind.ANIMATION:
            return {"animation": shown, "document": {**self.names(bot), "file_name": self.name}}
        return {self.kind.value: shown}

    def as_file(self, bot: int) -> Json:
        return {**self.names(bot), "file_path": self.path}

    def names(self, bot: int) -> Json:
        return {"file_id": self.id_for(bot), "file_unique_id": self.unique_id, "file_size": len(self.content)}


class FileShelf:
    """A file may be fetched by a bot that has asked where it lies."""

    def __init__(self) -> None:
        self._numbers = count()
        self._files: dict[int, StoredFile] = {}
        self._shown_to: set[tuple[int, str]] = set()

    def put(
        self,
        upload: Upload,
        kind: FileKind,
        facts: Mapping[str, object] | None = None,
        thumbnail: StoredFile | None = None,
    ) -> StoredFile:
        name = FOLDERS.sub("", upload.name) or "file"
        stored = StoredFile(
            number=next(self._numbers),
            kind=kind,
            name=name,
            mime_type=_mime_type(kind, name, upload),
            content=upload.content,
            unique_id="AgAD" + _letters(sha256(upload.content).digest())[:UNIQUE_ID_CHARACTERS],
            facts=facts or {},
            thumbnail=thumbnail,
        )
        self._files[stored.number] = stored
        return stored

    def get(self, bot: int, file_id: str) -> StoredFile | None:
        stored = self.named(file_id)
        return stored if stored is not None and stored.id_for(bot) == file_id else None

    def named(self, file_id: str) -> StoredFile | None:
        """Whichever bot the identifier is of."""
        try:
            packed = urlsafe_b64decode(file_id[BEGINNING_LETTERS:])
        except (NotBase64, ValueError):
            return None
        return self._files.get(int.from_bytes(packed[:NUMBER_BYTES]))

    def show(self, bot: int, stored: StoredFile) -> Json:
        """Where it lies; from now on this bot may fetch it there."""
        self._shown_to.add((bot, stored.path))
        return stored.as_file(bot)

    def at(self, bot: int, path: str) -> StoredFile | None:
        if (bot, path) not in self._shown_to:
            return None
        number = NUMBER_IN_PATH.search(path)
        return self._files.get(int(number.group(1))) if number else None

    def clear(self) -> None:
        """Forget the files; the numbering goes on, so that an old identifier never means a new file."""
        self._files.clear()
        self._shown_to.clear()


def _letters(content: bytes) -> str:
    return urlsafe_b64encode(content).decode().rstrip("=")


def _mime_type(kind: FileKind, name: str, upload: Upload) -> str:
    """A picture's own, else the sender's word unless it says nothing; what is played is always of a kind to play."""
    if kind in PICTURES:
        picture = picture_in(upload.content)
        return picture.mime_type if picture is not None else UNKNOWN_KIND
    said = upload.content_type if upload.content_type not in ("", UNKNOWN_KIND) else guess_type(name)[0] or UNKNOWN_KIND
    family, usual = PLAYED_AS.get(kind, ("", ""))
    return said if said.startswith(family) else usual
