"""Telegram's HTML: few tags, its own rules for attributes, and its own words for what is broken."""

import re
from dataclasses import dataclass, field

from sandbox.entities import StyledText, utf16_length
from sandbox.links import BadLink, checked_link
from sandbox.refusals import CannotParseEntities
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
ATTRIBUTE_NAME = re.compile(r"[^ \t\r\n\0\v=>]*")
TOKEN = re.compile(r"[A-Za-z0-9.-]*")
AFTER_TOKEN = frozenset(" \t\r\n\0\v>")
QUOTED = {"'": re.compile(r"[^&']+"), '"': re.compile(r'[^&"]+')}
LETTERS = re.compile(r"[A-Za-z]*")
DECIMAL = re.compile(r"[0-9]*")
HEXADECIMAL = re.compile(r"[0-9A-Fa-f]*")
MOST_DIGITS = 12
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
    position: int
    offset: int
    letters: int
    attributes: dict[str, str]


@dataclass(slots=True)
class _Reading:
    """One pass from left to right; `i` is the place in the source."""

    source: str
    i: int = 0
    length: int = 0
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
        return StyledText("".join(self.pieces), self.entities)

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
        if self._peek() == "#":
            self.i += 1
            base = 16 if self._peek() in ("x", "X") else 10
            self.i += base == 16
            digits = self._taken(HEXADECIMAL if base == 16 else DECIMAL)[:MOST_DIGITS]
            number = int(digits or "0", base)
            found = chr(number) if 0 < number < 0x10FFFF and number not in SURROGATES else ""
            if number in SURROGATES:
                raise CannotParseEntities(BROKEN_PAIR)
        else:
            found = NAMED_LETTERS.get(self._taken(LETTERS), "")
        if not found:
            self.i = begin + 1
            return "&"
        self.i += self._peek() == ";"
        return found

    def _start_tag(self) -> None:
        begin = self.i
        self.i += 1
        name = self._taken(TAG_NAME).lower()
        if not self._peek():
            raise CannotParseEntities(f"Unclosed start tag at byte offset {self._byte(begin)}")
        if name not in KIND_OF_TAG:
            raise CannotParseEntities(f'Unsupported start tag "{name}" at byte offset {self._byte(begin)}')
        attributes = self._attributes(name, begin)
        self.i += 1
        if name == "span" and attributes.get("class") != "tg-spoiler":
            raise CannotParseEntities(f'Tag "span" must have class "tg-spoiler" at byte offset {self._byte(begin)}')
        self.open_tags.append(_OpenTag(name, begin, self.length, len(self.pieces), attributes))

    def _attributes(self, tag: str, begin: int) -> dict[str, str]:
        attributes: dict[str, str] = {}
        while True:
            self._taken(SPACES)
            if self._peek() == ">":
                return attributes
            if not self._peek():
                raise CannotParseEntities(f'Unclosed start tag "{tag}" at byte offset {self._byte(begin)}')
            name = self._taken(ATTRIBUTE_NAME).lower()
            if not name:
                raise CannotParseEntities(f'Empty attribute name in the tag "{tag}" at byte offset {self._byte(begin)}')
            self._taken(SPACES)
            if self._peek() != "=":
                attributes[name] = ""
                continue
            self.i += 1
            self._taken(SPACES)
            if not self._peek():
                raise CannotParseEntities(f'Unclosed start tag "{tag}" at byte offset {self._byte(begin)}')
            attributes[name] = self._value(begin)

    def _value(self, begin: int) -> str:
        quote = self._peek()
        if quote not in "\"'":
            start = self.i
            token = self._taken(TOKEN)
            if self._peek() not in AFTER_TOKEN:
                raise CannotParseEntities(f"Unexpected end of name token at byte offset {self._byte(start)}")
            return token.lower()
        self.i += 1
        pieces: list[str] = []
        while self._peek() != quote:
            if not self._peek():
                raise CannotParseEntities(f"Unclosed start tag at byte offset {self._byte(begin)}")
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
        entity: Json = {
            "offset": tag.offset,
            "length": self.length - tag.offset,
            "type": KIND_OF_TAG[tag.name],
        }
        if tag.name == "a":
            try:
                entity["url"] = checked_link(tag.attributes.get("href") or "".join(self.pieces[tag.letters :]))
            except BadLink:
                return
        elif tag.name == "tg-emoji":
            entity["custom_emoji_id"] = tag.attributes.get("emoji-id", "")
        elif tag.name == "blockquote" and "expandable" in tag.attributes:
            entity["type"] = "expandable_blockquote"
        elif tag.name == "code" and tag.attributes.get("class", "").startswith("language-"):
            entity["language"] = tag.attributes["class"].removeprefix("language-")
        if tag.name in ("pre", "code") and self._one_block(entity):
            return
        self.entities.append(entity)

    def _one_block(self, outer: Json) -> bool:
        """`<pre><code class="language-x">` is one entity, whichever of the two stands outside."""
        if not self.entities:
            return False
        inner = self.entities[-1]
        if {inner["type"], outer["type"]} != {"pre", "code"}:
            return False
        if (inner["offset"], inner["length"]) != (outer["offset"], outer["length"]):
            return False
        language = inner.pop("language", None) or outer.get("language")
        inner["type"] = "pre"
        if language:
            inner["language"] = language
        return True
