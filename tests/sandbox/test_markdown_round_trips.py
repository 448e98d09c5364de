"""Whatever the clients escape or write out comes back as it was; whatever comes from elsewhere is at worst refused."""

from collections.abc import Callable
from typing import Any

import pytest
from aiogram.types import MessageEntity
from aiogram.utils import markdown as aiogram_words
from aiogram.utils.text_decorations import html_decoration, markdown_decoration
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some
from telegram.helpers import escape_markdown

from sandbox.refusals import Refusal
from sandbox.text.entities import StyledText, settled, utf16_length
from sandbox.text.html_markup import parse_html
from sandbox.text.markdown import parse_markdown
from sandbox.text.markdown_v2 import parse_markdown_v2

QUICK = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
PARSERS = {"html": parse_html, "markdown": parse_markdown, "markdown_v2": parse_markdown_v2}
MARKUP = some.text(alphabet="<>/abi&;#x\"'=_*`~|[]()!\\>\n\r .tgя🏟-", max_size=60)
ANYTHING = some.text(alphabet=some.characters(exclude_categories=["Cs"]), max_size=60)
STYLES = ("bold", "italic", "underline", "strikethrough", "spoiler", "code", "pre", "blockquote", "text_link")


def of_bytes(raw: bytes) -> str:
    return raw.decode(errors="surrogateescape")


@pytest.mark.parametrize("parse", PARSERS.values(), ids=PARSERS)
@QUICK
@given(source=MARKUP | ANYTHING | some.binary(max_size=40).map(of_bytes))
def test_no_markup_brings_anything_down(parse: Callable[[str], StyledText], source: str) -> None:
    try:
        text, entities = settled(*parse(source))
    except Refusal:
        return
    length = utf16_length(text)
    for entity in entities:
        assert 0 <= int(str(entity["offset"])) < length
        assert 0 < int(str(entity["length"])) <= length - int(str(entity["offset"]))


@QUICK
@given(words=ANYTHING | MARKUP)
def test_escaped_words_come_back(words: str) -> None:
    assert parse_html(html_decoration.quote(words)) == (words, [])
    assert parse_markdown_v2(markdown_decoration.quote(words)) == (words, [])
    assert parse_markdown_v2(escape_markdown(words, version=2)) == (words, [])


@QUICK
@given(words=some.text(alphabet="ab_*`[ я.!-", max_size=40))
def test_words_escaped_for_the_first_markdown_come_back(words: str) -> None:
    assert parse_markdown(escape_markdown(words, version=1)) == (words, [])


@QUICK
@given(words=some.text(alphabet="ab_*`[ я!-", min_size=1, max_size=40))
def test_helpers_of_aiogram_say_what_they_mean(words: str) -> None:
    """Between letters, so that no blank of theirs is trimmed away."""
    for helper, kind in ((aiogram_words.bold, "bold"), (aiogram_words.italic, "italic"), (aiogram_words.code, "code")):
        text, (entity,) = settled(*parse_markdown_v2(f"a{helper(words)}a"))
        assert text == f"a{words}a"
        assert entity == {"type": kind, "offset": 1, "length": utf16_length(words)}
    text, (entity,) = parse_html(aiogram_words.hbold(words))
    assert (text, entity["type"]) == (words, "bold")


@some.composite
def styled(draw: some.DrawFn) -> tuple[str, list[dict[str, Any]]]:
    words = draw(some.text(alphabet="ab я🏟_*<&", min_size=1, max_size=20))
    units = [utf16_length(words[:at]) for at in range(len(words) + 1)]
    entities = []
    for _ in range(draw(some.integers(0, 4))):
        first, last = sorted(draw(some.lists(some.sampled_from(units), min_size=2, max_size=2, unique=True)))
        kind = draw(some.sampled_from(STYLES))
        more = {"url": "https://clinic.it/"} if kind == "text_link" else {}
        entities.append({"type": kind, "offset": first, "length": last - first, **more})
    return words, entities


@QUICK
@given(message=styled())
def test_a_message_written_out_in_html_comes_back(message: tuple[str, list[dict[str, Any]]]) -> None:
    stored = settled(*message)
    read = [MessageEntity.model_validate(entity) for entity in stored.entities]
    assert settled(*parse_html(html_decoration.unparse(stored.text, read))) == stored


@QUICK
@given(message=styled())
def test_what_is_settled_stays_as_it_is(message: tuple[str, list[dict[str, Any]]]) -> None:
    stored = settled(*message)
    assert settled(*stored) == stored
