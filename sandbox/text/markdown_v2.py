"""Telegram's MarkdownV2: everything that could be markup is escaped or is markup."""

import re
from dataclasses import dataclass, field

from sandbox.bad_requests import CannotParseEntities
from sandbox.refusals import NotInTheSandbox
from sandbox.text.entities import StyledText, utf16_length
from sandbox.text.links import emoji_of_link, followed_link
from sandbox.text.marks import CLOSING, KIND_OF_MARK, OPENING, VERBATIM, Mark
from sandbox.wire import Json

RESERVED = "_*[]()~`>#+-=|{}.!\n"
PROSE = re.compile(r"[^\\\r_*\[\]()~`>#+\-=|{}.!\n]+")
CODE = re.compile(r"[^\\\r`]+")
LANGUAGE = re.compile(r"[^ \t\r\n\0\v`]+(?=[ \t\r\n\0\v])")
FIRST_LINE_END = re.compile(r"\r\n|\n\r|\r|\n")
LAST_ESCAPED = "\x7e"
TIME = re.compile(r"tg:(?://)?time(?:[/?#]|$)")


def parse_markdown_v2(source: str) -> StyledText:
    return _Reading(source).run()


@dataclass(slots=True)
class _Open:
    """`position` is in the source, `offset` in the text; `letters` counts the pieces before it."""

    mark: Mark
    position: int
    offset: int
    letters: int
    language: str = ""


@dataclass(slots=True)
class _Reading:
    """One pass from left to right; a line is `fresh` until something stands on it."""

    source: str
    i: int = 0
    length: int = 0
    fresh: bool = True
    quoting: bool = False
    pieces: list[str] = field(default_factory=list)
    nested: list[_Open] = field(default_factory=list)
    entities: list[Json] = field(default_factory=list)

    def run(self) -> StyledText:
        while self.i < len(self.source):
            if not self._plain():
                if self._is_end():
                    self._end()
                else:
                    self._begin()
        self._end_last_quotation()
        if self.nested:
            raise self._endless()
        return StyledText("".join(self.pieces), self.entities)

    def _plain(self) -> bool:
        """Take what is no markup here: an escaped letter, or a run of prose."""
        letter = self.source[self.i]
        if letter == "\\" and "\0" < self.source[self.i + 1 : self.i + 2] <= LAST_ESCAPED:
            self._add(self.source[self.i + 1])
            self.i += 2
            return True
        verbatim = bool(self.nested) and self.nested[-1].mark in VERBATIM
        if letter in ("`" if verbatim else RESERVED):
            return False
        run = (CODE if verbatim else PROSE).match(self.source, self.i)
        self._add(run.group() if run else letter)
        self.i = run.end() if run else self.i + 1
        self.fresh = self.fresh and not verbatim
        return True

    def _add(self, text: str) -> None:
        self.pieces.append(text)
        self.length += utf16_length(text)
        if text != "\r":
            self.fresh = text == "\n"

    def _at(self, mark: str) -> bool:
        return self.source.startswith(mark, self.i)

    def _byte(self, position: int) -> int:
        return len(self.source[:position].encode(errors="replace"))

    def _endless(self) -> CannotParseEntities:
        last = self.nested[-1]
        return CannotParseEntities(
            f"Can't find end of {last.mark.value} entity at byte offset {self._byte(last.position)}"
        )

    def _is_end(self) -> bool:
        if not self.nested:
            return False
        if self.quoting and self._at("\n") and not self._at("\n>"):
            return True
        mark = self.nested[-1].mark
        if mark is Mark.ITALIC:
            return self._at("_") and not self._at("__")
        return mark in CLOSING and self._at(CLOSING[mark])

    def _begin(self) -> None:
        if self._at("\n"):
            self._add("\n")
            self.i += 1
        elif self._at(">") and self.fresh:
            if not self.quoting:
                self._open(Mark.QUOTATION)
            self.quoting = True
            self.i += 1
        else:
            self._begin_mark()

    def _begin_mark(self) -> None:
        for sign, mark in OPENING:
            if self._at(sign):
                self._open(mark)
                self.i += len(sign)
                if mark is Mark.PRE:
                    self._begin_block()
                return
        letter = self.source[self.i]
        raise CannotParseEntities(f"Character '{letter}' is reserved and must be escaped with the preceding '\\'")

    def _begin_block(self) -> None:
        """The language, and one end of a line, belong to the fence."""
        language = LANGUAGE.match(self.source, self.i)
        if language:
            block = self.nested[-1]
            block.mark, block.language = Mark.PRE_CODE, language.group()
            self.i = language.end()
        line_end = FIRST_LINE_END.match(self.source, self.i)
        if line_end:
            self.i = line_end.end()

    def _open(self, mark: Mark) -> None:
        self.nested.append(_Open(mark, self.i, self.length, len(self.pieces)))

    def _end(self) -> None:
        if self._at("\n"):
            self._end_quotation()
            return
        last = self.nested[-1]
        self.i += len(CLOSING.get(last.mark, "_"))
        more = self._of_target(last)
        self.nested.pop()
        if more is not None and self.length > last.offset:
            self.entities.append(self._entity(last, last.mark, more))

    def _end_quotation(self) -> None:
        """An empty spoiler at its end makes a quotation expandable."""
        last = self.nested[-1]
        kind = "blockquote"
        if last.mark is Mark.SPOILER and self.source[last.position : self.i] in ("||", "||\r"):
            self.nested.pop()
            kind = "expandable_blockquote"
        if self.nested[-1].mark is not Mark.QUOTATION:
            raise self._endless()
        last = self.nested.pop()
        self._add("\n")
        self.i += 1
        self.quoting = False
        self.entities.append({"offset": last.offset, "length": self.length - last.offset, "type": kind})

    def _end_last_quotation(self) -> None:
        if not self.quoting:
            return
        kind = "blockquote"
        if self.nested[-1].mark is Mark.SPOILER and self.source[self.nested[-1].position :] == "||":
            self.nested.pop()
            kind = "expandable_blockquote"
        if self.nested[-1].mark is Mark.QUOTATION:
            last = self.nested.pop()
            if self.length > last.offset:
                self.entities.append({"offset": last.offset, "length": self.length - last.offset, "type": kind})

    def _entity(self, last: _Open, mark: Mark, more: Json) -> Json:
        return {"offset": last.offset, "length": self.length - last.offset, "type": KIND_OF_MARK[mark], **more}

    def _of_target(self, last: _Open) -> Json | None:
        """What the entity has beside its place; none where a link leads nowhere."""
        if last.mark is Mark.PRE_CODE:
            return {"language": last.language}
        if last.mark is Mark.EMOJI:
            return {"custom_emoji_id": self._emoji()}
        if last.mark is not Mark.LINK:
            return {}
        url = self._target() if self._at("(") else "".join(self.pieces[last.letters :])
        followed = followed_link(url)
        return {"url": followed} if followed else None

    def _emoji(self) -> str:
        if not self._at("("):
            raise CannotParseEntities("The entity must contain a tg://emoji or tg://time URL")
        url = self._target()
        if TIME.match(url.lower()):
            raise NotInTheSandbox("tg://time")
        emoji = emoji_of_link(url)
        if emoji is None:
            raise CannotParseEntities("Invalid tg://emoji or tg://time URL specified")
        return emoji

    def _target(self) -> str:
        begin = self.i = self.i + 1
        letters: list[str] = []
        while not self._at(")"):
            if self.i >= len(self.source):
                raise CannotParseEntities(f"Can't find end of a URL at byte offset {self._byte(begin)}")
            self.i += self._at("\\") and "\0" < self.source[self.i + 1 : self.i + 2] <= LAST_ESCAPED
            letters.append(self.source[self.i])
            self.i += 1
        self.i += 1
        return "".join(letters)
