"""The text of a call: its markup read, its length checked."""

from collections.abc import Iterator

from sandbox.entities import StyledText, settled, utf16_length
from sandbox.html_markup import parse_html
from sandbox.links import BadLink, checked_link
from sandbox.methods.call import Call
from sandbox.refusals import BadRequest, CannotParse, CaptionTooLong, MessageTextEmpty, MessageTooLong, NotInTheSandbox
from sandbox.wire import Json

TEXT_CHARACTERS = 4096
CAPTION_CHARACTERS = 1024
ENTITY = "MessageEntity"
FOUND_BY_TELEGRAM = frozenset(
    {"mention", "hashtag", "cashtag", "bot_command", "url", "email", "phone_number", "bank_card_number"}
)
ENTITY_KINDS = frozenset(
    {
        "bold",
        "italic",
        "underline",
        "strikethrough",
        "spoiler",
        "blockquote",
        "expandable_blockquote",
        "code",
        "pre",
        "text_link",
        "text_mention",
        "custom_emoji",
    }
)


def read_text(call: Call) -> StyledText:
    source = call.parameters.text("text")
    if not source:
        raise MessageTextEmpty
    text = _styled(call, source, "entities")
    if not text.text:
        raise MessageTextEmpty
    if len(text.text) > TEXT_CHARACTERS:
        raise MessageTooLong
    return text


def read_caption(call: Call) -> StyledText:
    """The words under a file, perhaps none."""
    caption = _styled(call, call.parameters.text("caption"), "caption_entities")
    if len(caption.text) > CAPTION_CHARACTERS:
        raise CaptionTooLong
    return caption


def _styled(call: Call, source: str, entities_field: str) -> StyledText:
    mode = call.parameters.text("parse_mode").lower()
    if mode == "html":
        parsed = parse_html(source)
    elif mode in ("markdown", "markdownv2"):
        raise NotInTheSandbox(f"parse_mode {call.parameters.text('parse_mode')}")
    elif mode not in ("", "none"):
        raise BadRequest("unsupported parse_mode")
    else:
        parsed = StyledText(source, list(_given_entities(call, source, entities_field)))
    entities = [entity for entity in map(call.mention, parsed.entities) if entity is not None]
    return settled(parsed.text, entities)


def _given_entities(call: Call, text: str, field: str) -> Iterator[Json]:
    """The bot's own; those that Telegram finds by itself are taken from nobody."""
    if not call.parameters.has(field):
        return
    given = call.parameters.structure(field, "entities")
    if not isinstance(given, list):
        raise BadRequest("object expected as an array of entities")
    length = utf16_length(text)
    for entity in given:
        if not isinstance(entity, dict):
            raise CannotParse(ENTITY, "Expected an Object")
        kind = entity.get("type")
        if kind in FOUND_BY_TELEGRAM:
            continue
        if kind not in ENTITY_KINDS:
            raise CannotParse(ENTITY, "Unsupported type specified")
        yield _within(entity, length)


def _within(entity: Json, length: int) -> Json:
    start, size = entity.get("offset"), entity.get("length")
    if not isinstance(start, int) or not isinstance(size, int):
        raise CannotParse(ENTITY, "Offset and length must be of type Number")
    if start < 0:
        raise BadRequest(f"receive an entity with incorrect offset {start}")
    if size < 0:
        raise BadRequest(f"receive an entity with incorrect length {size}")
    if start > length:
        raise BadRequest(f"entity begins after the end of the text at UTF-16 offset {start}")
    if start + size > length:
        raise BadRequest(
            f"entity beginning at UTF-16 offset {start} ends after the end of the text at UTF-16 offset {start + size}"
        )
    kept: Json = {name: value for name, value in entity.items() if value is not None}
    if kept["type"] == "text_link":
        url = str(kept.get("url", ""))
        try:
            kept["url"] = checked_link(url)
        except BadLink as bad:
            raise BadRequest(f"entity URL '{url}' is invalid: {bad}") from None
    return kept
