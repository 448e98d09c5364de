"""Several pictures, films, papers or sounds that a bot sends at once."""

from collections.abc import Iterator, Sequence
from typing import Final

from sandbox.bad_requests import PhotoRefused
from sandbox.chats.content import CAPTION_ABOVE, OfFile
from sandbox.files import MOST_IN_AN_ALBUM, SEEN, FileKind
from sandbox.keyboards.markup import NO_MARKUP
from sandbox.methods.call import Call, Run
from sandbox.methods.input_media import MEDIA, InputMedia, read_input_media
from sandbox.methods.messages import put
from sandbox.refusals import BadRequest

SEND_MEDIA_GROUP: Final = "sendMediaGroup"
AMONG_THEMSELVES: Final = (FileKind.DOCUMENT, FileKind.AUDIO)


async def send_media_group(call: Call) -> object:
    """Every file is found good before the first message stands; one alone is no album."""
    media = _read_media(call)
    chat = call.open_chat()
    _require_alike(media)
    contents = list(_contents(media))
    for content in contents:
        chat.require_permission(call.bot.id, content.file.kind)
    album = call.world.next_album() if len(media) > 1 else ""
    sent = [
        put(call, chat, one.caption, NO_MARKUP, kind=content.file.kind.value, content=content, album=album)
        for one, content in zip(media, contents, strict=True)
    ]
    return [message.as_telegram(call.bot.id) for message in sent]


def _read_media(call: Call) -> list[InputMedia]:
    call.parameters.required(MEDIA)
    given = call.parameters.structure(MEDIA, "media")
    if not isinstance(given, list):
        raise BadRequest("expected an Array of InputMedia")
    return [read_input_media(call, value, for_album=True) for value in given]


def _require_alike(media: Sequence[InputMedia]) -> None:
    if not media:
        raise BadRequest("there are no messages to send")
    if len(media) > MOST_IN_AN_ALBUM:
        raise BadRequest("too many messages to send as an album")
    if len({one.caption_above for one in media if one.kind in SEEN}) > 1:
        raise BadRequest(f"parameter {CAPTION_ABOVE} must be the same for all messages")
    kinds = {one.kind for one in media}
    for kind in AMONG_THEMSELVES:
        if kind in kinds and len(kinds) > 1:
            raise BadRequest(f"{kind} can't be mixed with other media types")


def _contents(media: Sequence[InputMedia]) -> Iterator[OfFile]:
    """What Telegram's picture servers refuse is told by its place."""
    for place, one in enumerate(media, start=1):
        try:
            yield one.content(SEND_MEDIA_GROUP)
        except PhotoRefused as refusal:
            told = refusal.description.removeprefix(f"{BadRequest.title}: ")
            raise BadRequest(f'failed to send message #{place} with the error message "{told}"') from None


METHODS: dict[str, Run] = {SEND_MEDIA_GROUP: send_media_group}
