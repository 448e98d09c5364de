"""The text of a call: its markup read, its length checked."""

from collections.abc import Callable

from sandbox.bad_requests import CannotParse, CaptionTooLong, MessageTextEmpty, MessageTooLong, TextEmpty
from sandbox.calls.fields import (
    LARGE,
    WrongField,
    flag_field,
    lowered,
    object_field,
    required_text,
    required_whole,
    text_field,
)
from sandbox.methods.call import Call
from sandbox.refusals import BadRequest, NotInTheSandbox
from sandbox.text.entities import (
    CAPTION_CHARACTERS,
    TEXT_CHARACTERS,
    StyledText,
    fitting,
    is_blank,
    require_utf8,
    settled,
)
from sandbox.text.html_markup import parse_html
from sandbox.text.links import BadLink, checked_link, user_of_link
from sandbox.text.markdown import parse_markdown
from sandbox.text.markdown_v2 import parse_markdown_v2
from sandbox.wire import Json

SOURCE_BYTES = 1 << 15
ENTITY = "MessageEntity"
FOUND_BY_TELEGRAM = frozenset(
    {"mention", "hashtag", "cashtag", "bot_command", "url", "email", "phone_number", "bank_card_number"}
)
PLAIN_KINDS = frozenset(
    {
        "bold",
        "italic",
        "underline",
        "strikethrough",
        "spoiler",
        "blockquote",
        "expandable_blockquote",
        "code",
    }
)
PARSERS: dict[str, Callable[[str], StyledText]] = {
    "html": parse_html,
    "markdown": parse_markdown,
    "markdownv2": parse_markdown_v2,
}
PREVIEW_FLAGS = ("is_disabled", "prefer_small_media", "prefer_large_media", "show_above_text")


def read_text(call: Call) -> StyledText:
    _check_preview(call)
    source = call.parameters.text("text")
    if not source:
        raise MessageTextEmpty
    text = _styled(call, source, call.parameters.text("parse_mode"), _entities_of(call, "entities"))
    if is_blank(text.text):
        raise TextEmpty
    if len(text.text) > TEXT_CHARACTERS:
        raise MessageTooLong
    return text


def read_caption(call: Call) -> StyledText:
    """The words under a file, perhaps none."""
    parameters = call.parameters
    given = _entities_of(call, "caption_entities")
    caption = _styled(call, parameters.text("caption"), parameters.text("parse_mode"), given)
    if len(caption.text) > CAPTION_CHARACTERS:
        raise CaptionTooLong
    return caption


def _styled(call: Call, source: str, mode: str, given: object) -> StyledText:
    if len(source) > SOURCE_BYTES // 4 and len(source.encode(errors="replace")) > SOURCE_BYTES:
        raise BadRequest("text is too long")
    mode = mode.lower()
    if source and mode not in ("", "none"):
        if mode not in PARSERS:
            raise BadRequest("unsupported parse_mode")
        parsed = PARSERS[mode](source)
    else:
        require_utf8(source)
        parsed = StyledText(source, fitting(source, _given_entities(call, given)))
    entities = [entity for entity in map(call.mention, parsed.entities) if entity is not None]
    return settled(parsed.text, entities)


def _entities_of(call: Call, field: str) -> object:
    """As on the real server, what is no JSON is no entities."""
    try:
        return call.parameters.structure(field, "entities")
    except BadRequest:
        return None


def _given_entities(call: Call, given: object) -> list[Json]:
    """The bot's own; those that Telegram finds by itself are taken from nobody."""
    if not isinstance(given, list):
        return []
    try:
        read = [_entity(call, entity) for entity in given]
    except WrongField as wrong:
        raise CannotParse(ENTITY, str(wrong)) from None
    return [entity for entity in read if entity is not None]


def _entity(call: Call, given: object) -> Json | None:
    if not isinstance(given, dict):
        raise WrongField("expected an Object")
    entity: Json = {
        "offset": required_whole(given, "offset"),
        "length": required_whole(given, "length"),
        "type": required_text(given, "type"),
    }
    kind = str(entity["type"])
    if not kind:
        raise WrongField("Type is not specified")
    if kind == "date_time":
        raise NotInTheSandbox("the entity date_time")
    if kind in FOUND_BY_TELEGRAM:
        return None
    if kind not in PLAIN_KINDS and kind not in MORE_OF_KIND:
        raise WrongField("Unsupported type specified")
    return {**entity, **MORE_OF_KIND[kind](call, given)} if kind in MORE_OF_KIND else entity


def _language(call: Call, given: Json) -> Json:
    language = text_field(given, "language")
    return {"language": language} if language else {}


def _target(call: Call, given: Json) -> Json:
    url = required_text(given, "url")
    person = user_of_link(url)
    if person is not None:
        return _person(call, person)
    try:
        return {"url": checked_link(url)}
    except BadLink as bad:
        raise BadRequest(f"entity URL '{url}' is invalid: {bad}") from None


def _mentioned(call: Call, given: Json) -> Json:
    return _person(call, required_whole(object_field(given, "user"), "id", bits=LARGE))


def _person(call: Call, number: int) -> Json:
    person = call.world.people.get(number)
    if person is None:
        raise BadRequest("user not found")
    return {"type": "text_mention", "user": person.as_user()}


def _emoji(call: Call, given: Json) -> Json:
    number = required_whole(given, "custom_emoji_id", bits=LARGE)
    if not number:
        raise BadRequest("invalid custom emoji identifier specified")
    return {"custom_emoji_id": str(number)}


MORE_OF_KIND: dict[str, Callable[[Call, Json], Json]] = {
    "pre": _language,
    "text_link": _target,
    "text_mention": _mentioned,
    "custom_emoji": _emoji,
}


def _check_preview(call: Call) -> None:
    """Taken, judged, and without effect: the sandbox looks no page up."""
    if not call.parameters.has("link_preview_options"):
        return
    options = call.parameters.structure("link_preview_options", "link preview options")
    if not isinstance(options, dict):
        raise BadRequest("object expected as link preview options")
    try:
        for name in PREVIEW_FLAGS:
            flag_field(options, name)
        url = text_field(options, "url")
    except WrongField as wrong:
        raise BadRequest(lowered(str(wrong))) from None
    if url:
        try:
            checked_link(url)
        except BadLink:
            raise BadRequest("WEBPAGE_URL_INVALID") from None
