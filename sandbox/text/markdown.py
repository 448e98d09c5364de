"""Telegram's first Markdown: four signs, nothing within them, and everything else is text."""

import re
from dataclasses import dataclass, field

from sandbox.bad_requests import CannotParseEntities
from sandbox.text.entities import StyledText, utf16_length
from sandbox.text.links import followed_link
from sandbox.text.markdown_v2 import FIRST_LINE_END, LANGUAGE
from sandbox.wire import Json

PROSE = re.compile(r"[^\\_*`\[]+")
ESCAPED = re.compile(r"\\([_*`\[])")
KIND_OF_SIGN = {"_": "italic", "*": "bold", "`": "code", "```": "pre", "[": "text_link"}
ENDS = {"[": "]"}
FENCE = "```"


def parse_markdown(source: str) -> StyledText:
    return _Reading(source).run()


@dataclass(slots=True)
class _Reading:
    """One pass from left to right; `i` is the place in the source."""

    source: str
    i: int = 0
    length: int = 0
    pieces: list[str] = field(default_factory=list)
    entities: list[Json] = field(default_factory=list)

    def run(self) -> StyledText:
        while self.i < len(self.source):
            escaped = ESCAPED.match(self.source, self.i)
            prose = PROSE.match(self.source, self.i)
            letter = self.source[self.i]
            if escaped:
                self._add(escaped.group(1), escaped.end())
            elif prose:
                self._add(prose.group(), prose.end())
            elif letter in KIND_OF_SIGN:
                self._entity()
            else:
                self._add(letter, self.i + 1)
        return StyledText("".join(self.pieces), self.entities)

    def _add(self, text: str, behind: int) -> None:
        self.pieces.append(text)
        self.length += utf16_length(text)
        self.i = behind

    def _entity(self) -> None:
        begin = self.i
        sign = FENCE if self.source.startswith(FENCE, begin) else self.source[begin]
        self.i += len(sign)
        language = self._language() if sign == FENCE else ""
        closing = ENDS.get(sign, sign)
        end = self.source.find(closing, self.i)
        if end < 0:
            offset = len(self.source[:begin].encode(errors="replace"))
            raise CannotParseEntities(f"Can't find end of the entity starting at byte offset {offset}")
        words, offset = self.source[self.i : end], self.length
        self._add(words, end + len(closing))
        more: Json | None = {"language": language} if language else {}
        if sign == "[":
            more = self._target(words)
        if words and more is not None:
            self.entities.append({"offset": offset, "length": self.length - offset, "type": KIND_OF_SIGN[sign], **more})

    def _language(self) -> str:
        found = LANGUAGE.match(self.source, self.i)
        if found:
            self.i = found.end()
        line_end = FIRST_LINE_END.match(self.source, self.i)
        if line_end:
            self.i = line_end.end()
        return found.group() if found else ""

    def _target(self, words: str) -> Json | None:
        """The address in brackets, as far as it goes, or the words themselves."""
        url = words
        if words and self.source.startswith("(", self.i):
            end = self.source.find(")", self.i)
            url = self.source[self.i + 1 : end] if end >= 0 else self.source[self.i + 1 :]
            self.i = end + 1 if end >= 0 else len(self.source)
        followed = followed_link(url)
        return {"url": followed} if followed else None
