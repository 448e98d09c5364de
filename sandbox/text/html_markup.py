"""Telegram's HTML: few tags, its own rules for attributes, and its own words for what is broken."""

import re
import sys
from dataclasses import dataclass, field

from sandbox.bad_requests import CannotParseEntities
from sandbox.refusals import NotInTheSandbox
from sandbox.text.entities import StyledText, utf16_length
from sandbox.text.links import emoji_number, followed_link
from sandbox.wire import Json

KIND_OF_TAG = {
    "a": "text_link",
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "u": "underline",
    "ins": "underline",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
    "tg-emoji": "custom_emoji",
    "pre": "pre",
    "code": "code",
    "blockquote": "blockquote",
}
NAMED_LETTERS = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
PROSE = re.compile(r"[^<&]+")
SPACES = re.compile(r"[ \t\r\n\0\v]*")
TAG_NAME = re.compile(r"[^ \t\r\n\0\v>]*")
ATTRIBUTE_NAME = re.compile(r"[^ \t\r\n\0\v=>/\"']*")
TOKEN = re.compile(r"[A-Za-z0-9.-]*")
AFTER_TOKEN = frozenset((*" \t\r\n\0\v>", ""))
QUOTED = {"'": re.compile(r"[^&']+"), '"': re.compile(r'[^&"]+')}
LETTERS = re.compile(r"[A-Za-z]*")
DECIMAL = re.compile(r"[0-9]*")
HEXADECIMAL = re.compile(r"[0-9A-Fa-f]*")
LONGEST_REFERENCE = 9
LANGUAGE = "language-"
TIME = "tg-time"
SURROGATES = range(0xD800, 0xE000)
BROKEN_PAIR = (
    "Text contains invalid Unicode characters after decoding HTML entities, check for unmatched surrogate code units"
)


def parse_html(source: str) -> StyledText:
    if "<" not in source and "&" not in source:
        return StyledText(source, [])
    return _Reading(source).run()


@dataclass(slots=True)
class _OpenTag:
    name: str
    offset: int
    letters: int
    attributes: dict[str, str]


@dataclass(slots=True)
class _Reading:
    """One pass from left to right; `i` is the place in the source."""

    source: str
    i: int = 0
    length: int = 0
    broken_pair: bool = False
    pieces: list[str] = field(default_factory=list)
    open_tags: list[_OpenTag] = field(default_factory=list)
    entities: list[Json] = field(default_factory=list)

    def run(self) -> StyledText:
        source = self.source
        while self.i < len(source):
            letter = source[self.i]
            if letter == "<":
                if source.startswith("</", self.i):
                    self._end_tag()
                else:
                    self._start_tag()
            elif letter == "&":
                self._add(self._letter())
            else:
                self._add(self._taken(PROSE))
        if self.open_tags:
            name = self.open_tags[-1].name
            raise CannotParseEntities(f'Can\'t find end tag corresponding to start tag "{name}"')
        if self.broken_pair:
            raise CannotParseEntities(BROKEN_PAIR)
        return StyledText("".join(self.pieces), _without_languages_of_lines(self.entities))

    def _add(self, text: str) -> None:
        self.pieces.append(text)
        self.length += utf16_length(text)

    def _byte(self, position: int) -> int:
        return len(self.source[:position].encode(errors="replace"))

    def _peek(self) -> str:
        return self.source[self.i] if self.i < len(self.source) else ""

    def _taken(self, pattern: re.Pattern[str]) -> str:
        """What the pattern finds here, perhaps nothing; the place moves behind it."""
        begin = self.i
        found = pattern.match(self.source, begin)
        self.i = found.end() if found else begin
        return self.source[begin : self.i]

    def _letter(self) -> str:
        """One character reference, or the ampersand itself where there is none."""
        begin = self.i
        self.i += 1
        found = self._numbered(begin) if self._peek() == "#" else NAMED_LETTERS.get(self._taken(LETTERS), "")
        if not found:
            self.i = begin + 1
            return "&"
        self.i += self._peek() == ";"
        return found

    def _numbered(self, begin: int) -> str:
        self.i += 1
        base = 16 if self._peek() == "x" else 10
        self.i += base == 16
        digits = self._taken(HEXADECIMAL if base == 16 else DECIMAL)
        if not digits or self.i - begin > LONGEST_REFERENCE:
            return ""
        number = int(digits, base)
        if number in SURROGATES:
            self.broken_pair = True
            return "\ufffd"
        return chr(number) if 0 < number < sys.maxunicode else ""

    def _start_tag(self) -> None:
        begin = self.i
        self.i += 1
        name = self._taken(TAG_NAME).lower()
        if not self._peek():
            raise CannotParseEntities(f"Unclosed start tag at byte offset {self._byte(begin)}")
        if name == TIME:
            raise NotInTheSandbox(f"the tag {TIME}")
        if name not in KIND_OF_TAG:
            raise CannotParseEntities(f'Unsupported start tag "{name}" at byte offset {self._byte(begin)}')
        attributes = self._attributes(name, begin)
        self.i += 1
        if name == "span" and attributes.get("class") != "tg-spoiler":
            raise CannotParseEntities(f'Tag "span" must have class "tg-spoiler" at byte offset {self._byte(begin)}')
        self.open_tags.append(_OpenTag(name, self.length, len(self.pieces), attributes))

    def _attributes(self, tag: str, begin: int) -> dict[str, str]:
        attributes: dict[str, str] = {}
        while True:
            self._taken(SPACES)
            if self._peek() == ">":
                return attributes
            name = self._taken(ATTRIBUTE_NAME)
            if not name:
                raise CannotParseEntities(f'Empty attribute name in the tag "{tag}" at byte offset {self._byte(begin)}')
            self._taken(SPACES)
            has_value = self._peek() == "="
            self.i += has_value
            self._taken(SPACES)
            if not self._peek():
                raise CannotParseEntities(f'Unclosed start tag "{tag}" at byte offset {self._byte(begin)}')
            attributes[name] = self._value(begin) if has_value else ""

    def _value(self, begin: int) -> str:
        quote = self._peek()
        value = self._quoted(quote) if quote in QUOTED else self._token()
        if not self._peek():
            raise CannotParseEntities(f"Unclosed start tag at byte offset {self._byte(begin)}")
        return value

    def _token(self) -> str:
        start = self.i
        token = self._taken(TOKEN)
        if self._peek() not in AFTER_TOKEN:
            raise CannotParseEntities(f"Unexpected end of name token at byte offset {self._byte(start)}")
        return token.lower()

    def _quoted(self, quote: str) -> str:
        self.i += 1
        pieces: list[str] = []
        while self._peek() not in (quote, ""):
            pieces.append(self._letter() if self._peek() == "&" else self._taken(QUOTED[quote]))
        self.i += 1
        return "".join(pieces)

    def _end_tag(self) -> None:
        begin = self.i
        if not self.open_tags:
            raise CannotParseEntities(f"Unexpected end tag at byte offset {self._byte(begin)}")
        self.i += 2
        name = self._taken(TAG_NAME).lower()
        self._taken(SPACES)
        if self._peek() != ">":
            raise CannotParseEntities(f"Unclosed end tag at byte offset {self._byte(begin)}")
        tag = self.open_tags.pop()
        if name and name != tag.name:
            raise CannotParseEntities(
                f'Unmatched end tag at byte offset {self._byte(begin)}, expected "</{tag.name}>", found "</{name}>"'
            )
        self.i += 1
        if self.length > tag.offset:
            self._close(tag)

    def _close(self, tag: _OpenTag) -> None:
        kind = KIND_OF_TAG[tag.name]
        more: Json = {}
        if kind == "text_link":
            link = followed_link(tag.attributes.get("href") or "".join(self.pieces[tag.letters :]))
            if not link:
                return
            more = {"url": link}
        elif kind == "custom_emoji":
            more = {"custom_emoji_id": _emoji(tag.attributes.get("emoji-id", ""))}
        elif kind == "blockquote" and "expandable" in tag.attributes:
            kind = "expandable_blockquote"
        elif kind == "code" and tag.attributes.get("class", "").startswith(LANGUAGE):
            more = {"language": tag.attributes["class"].removeprefix(LANGUAGE)}
        self._join_block({"offset": tag.offset, "length": self.length - tag.offset, "type": kind, **more})

    def _join_block(self, outer: Json) -> None:
        """`<pre><code class="language-x">` is one entity, whichever of the two stands outside."""
        inner = self.entities[-1] if self.entities else outer
        same = (inner["offset"], inner["length"]) == (outer["offset"], outer["length"])
        language = inner.get("language") or outer.get("language")
        if same and language and {inner["type"], outer["type"]} == {"pre", "code"}:
            inner.update(type="pre", language=language)
        else:
            self.entities.append(outer)


def _emoji(written: str) -> str:
    number = emoji_number(written)
    if number is None:
        raise CannotParseEntities("Invalid custom emoji identifier specified")
    return number


def _without_languages_of_lines(entities: list[Json]) -> list[Json]:
    for entity in entities:
        if entity["type"] == "code":
            entity.pop("language", None)
    return entities
