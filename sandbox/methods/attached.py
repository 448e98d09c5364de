"""The files that a call brings along, and those that it names."""

from typing import Final

from sandbox.bad_requests import FileEmpty, PhotoRefused, WrongFile
from sandbox.calls.parameters import ATTACHED, Parameters
from sandbox.chats.content import CAPTION_ABOVE, OfFile
from sandbox.files import COVERED, PHOTO_BYTES, PICTURES, UPLOAD_BYTES, FileKind, StoredFile, Upload
from sandbox.methods.call import Call
from sandbox.pictures import picture_in
from sandbox.refusals import BadRequest, EntityTooLarge, NotInTheSandbox
from sandbox.text.entities import require_utf8
from sandbox.wire import Json

ADDRESSES: Final = ("http://", "https://")
LONGEST_SECONDS: Final = 86_400
SIDE_PIXELS: Final = 10_000
PHOTO_SIDES_PIXELS: Final = 10_000
PHOTO_STRETCH: Final = 20
THUMBNAIL_BYTES: Final = 204_799
THUMBNAILS: Final = ("thumbnail", "thumb")
WITH_THUMBNAIL: Final = frozenset({FileKind.DOCUMENT, FileKind.VIDEO, FileKind.ANIMATION, FileKind.AUDIO})
TYPE_NAMES: Final = {FileKind.VOICE: "VoiceNote", FileKind.VIDEO_NOTE: "VideoNote"}


def brings(parameters: Parameters, field: str) -> bool:
    """Whether a file is there, or at least named; one that is said to be attached must be."""
    if parameters.text(field).startswith(ATTACHED):
        return parameters.upload(field) is not None
    return parameters.has(field)


def attached_file(call: Call, method: str, field: str, kind: FileKind) -> StoredFile:
    """A new one, or one that the bot has met before: then it stays what it is, whatever the call says of it."""
    upload = call.parameters.upload(field)
    if upload is not None:
        return _received(call, upload, kind)
    named = call.parameters.text(field)
    if named.startswith(ADDRESSES):
        raise NotInTheSandbox(f"{method} by an address")
    stored = call.world.files.get(call.bot.id, named)
    if stored is None:
        raise WrongFile
    if stored.kind is not kind and {stored.kind, kind} & PICTURES:
        raise BadRequest(f"can't use file of type {_type_name(stored.kind)} as {_type_name(kind)}")
    return stored


def shown_file(parameters: Parameters, stored: StoredFile) -> OfFile:
    more: Json = {}
    if stored.kind in COVERED:
        if parameters.flag("has_spoiler"):
            more["has_media_spoiler"] = True
        if parameters.flag(CAPTION_ABOVE):
            more[CAPTION_ABOVE] = True
    return OfFile(stored, more)


def _received(call: Call, upload: Upload, kind: FileKind) -> StoredFile:
    if not upload.content:
        raise FileEmpty
    if len(upload.content) > UPLOAD_BYTES:
        raise EntityTooLarge
    facts = _photo_facts(upload.content) if kind is FileKind.PHOTO else _said_facts(call.parameters, kind)
    return call.world.files.put(upload, kind, facts, _thumbnail(call, kind))


def _photo_facts(content: bytes) -> Json:
    size = len(content)
    if size > PHOTO_BYTES:
        raise BadRequest(f"file of size {size} bytes is too big for a photo; the maximum size is {PHOTO_BYTES} bytes")
    picture = picture_in(content)
    if picture is None:
        raise PhotoRefused("IMAGE_PROCESS_FAILED")
    short, long = sorted((picture.width, picture.height))
    if short == 0 or short + long > PHOTO_SIDES_PIXELS or long > short * PHOTO_STRETCH:
        raise PhotoRefused("PHOTO_INVALID_DIMENSIONS")
    return {"width": picture.width, "height": picture.height}


def _said_facts(parameters: Parameters, kind: FileKind) -> Json:
    """The sandbox looks into no sound and no film: it believes the bot, as far as Telegram does."""
    match kind:
        case FileKind.VIDEO | FileKind.ANIMATION:
            sides = {side: _clamped(parameters, side, SIDE_PIXELS) for side in ("width", "height")}
            return {**sides, "duration": _duration(parameters)}
        case FileKind.AUDIO:
            words = {name: _words(parameters, name) for name in ("performer", "title")}
            return {"duration": _duration(parameters), **{name: said for name, said in words.items() if said}}
        case FileKind.VOICE:
            return {"duration": _duration(parameters)}
        case _:
            return {}


def _thumbnail(call: Call, kind: FileKind) -> StoredFile | None:
    """One that Telegram could not use is left out, not refused."""
    upload = next(filter(None, map(call.parameters.upload, THUMBNAILS)), None)
    if kind not in WITH_THUMBNAIL or upload is None or len(upload.content) > THUMBNAIL_BYTES:
        return None
    picture = picture_in(upload.content)
    if picture is None:
        return None
    return call.world.files.put(upload, FileKind.THUMBNAIL, {"width": picture.width, "height": picture.height})


def _duration(parameters: Parameters) -> int:
    return _clamped(parameters, "duration", LONGEST_SECONDS)


def _clamped(parameters: Parameters, name: str, most: int) -> int:
    return min(max(parameters.integer(name), 0), most)


def _words(parameters: Parameters, name: str) -> str:
    said = parameters.text(name)
    require_utf8(said)
    return said.strip()


def _type_name(kind: FileKind) -> str:
    return TYPE_NAMES.get(kind) or kind.value.capitalize()
