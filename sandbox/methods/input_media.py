"""Media described within a call, for albums and for edits: each reads like a small call of its own."""

from typing import Final, NamedTuple

from sandbox.bad_requests import CannotParse, CaptionTooLong
from sandbox.calls.fields import WrongField, flag_field, required_text, text_field, whole_field
from sandbox.calls.parameters import Parameters
from sandbox.chats.content import CAPTION_ABOVE, OfFile
from sandbox.files import FileKind, StoredFile
from sandbox.methods.attached import attached_file, brings, shown_file
from sandbox.methods.call import Call
from sandbox.methods.wording import read_caption
from sandbox.refusals import BadRequest, NotInTheSandbox
from sandbox.text.entities import StyledText
from sandbox.wire import Json

MEDIA: Final = "media"
INPUT_MEDIA: Final = "InputMedia"
KINDS: Final = {
    "animation": FileKind.ANIMATION,
    "audio": FileKind.AUDIO,
    "document": FileKind.DOCUMENT,
    "photo": FileKind.PHOTO,
    "video": FileKind.VIDEO,
}
NOT_PLAYED: Final = frozenset({"live_photo"})
TEXTS: Final = ("caption", "parse_mode", MEDIA, "thumbnail", "performer", "title")
FLAGS: Final = (CAPTION_ABOVE, "has_spoiler", "supports_streaming", "disable_content_type_detection")
NUMBERS: Final = ("width", "height", "duration")


class InputMedia(NamedTuple):
    """Judged, but for the file itself."""

    call: Call
    kind: FileKind
    caption: StyledText

    def content(self, method: str) -> OfFile:
        return shown_file(self.call.parameters, self._file(method))

    @property
    def caption_above(self) -> bool:
        return self.call.parameters.flag(CAPTION_ABOVE)

    def _file(self, method: str) -> StoredFile:
        return attached_file(self.call, method, MEDIA, self.kind)


def read_input_media(call: Call, value: object, *, for_album: bool = False) -> InputMedia:
    if not isinstance(value, dict):
        raise CannotParse(INPUT_MEDIA, "expected an Object")
    small = call._replace(parameters=Parameters(value, call.parameters.uploads))
    try:
        return _read(small, value, for_album=for_album)
    except WrongField as wrong:
        raise CannotParse(INPUT_MEDIA, str(wrong)) from None


def _read(call: Call, value: Json, *, for_album: bool) -> InputMedia:
    for name in TEXTS:
        text_field(value, name)
    for name in FLAGS:
        flag_field(value, name)
    for name in NUMBERS:
        whole_field(value, name)
    caption = _caption(call)
    if not brings(call.parameters, MEDIA):
        raise CannotParse(INPUT_MEDIA, "media not found")
    return InputMedia(call, _kind(required_text(value, "type"), for_album=for_album), caption)


def _caption(call: Call) -> StyledText:
    try:
        return read_caption(call)
    except CaptionTooLong:
        raise
    except BadRequest as refusal:
        fault = refusal.description.removeprefix(f"{BadRequest.title}: ")
        raise CannotParse(INPUT_MEDIA, fault[:1].upper() + fault[1:]) from None


def _kind(name: str, *, for_album: bool) -> FileKind:
    if name in NOT_PLAYED:
        raise NotInTheSandbox(f"{INPUT_MEDIA} of type {name}")
    kind = KINDS.get(name)
    if kind is FileKind.ANIMATION and for_album:
        raise CannotParse(INPUT_MEDIA, f'type "{name}" can\'t be used in sendMediaGroup')
    if kind is None:
        raise CannotParse(INPUT_MEDIA, f'type "{name}" is unsupported')
    return kind
