"""Both Markdowns of Telegram: what becomes of them, and what is said of broken pieces."""

import pytest

from sandbox.bad_requests import CannotParseEntities
from sandbox.refusals import NotInTheSandbox
from sandbox.text.entities import settled
from sandbox.text.markdown import parse_markdown
from sandbox.text.markdown_v2 import parse_markdown_v2

Spans = list[tuple[str, int, int]]
RESERVED_ALONE = "]()>#+-=|{}.!"


def spans(entities: list[dict[str, object]]) -> Spans:
    return [(str(e["type"]), int(str(e["offset"])), int(str(e["length"]))) for e in entities]


@pytest.mark.parametrize(
    ("source", "text", "found"),
    [
        ("plain", "plain", []),
        ("*bold* _italic_", "bold italic", [("bold", 0, 4), ("italic", 5, 6)]),
        ("__under__ ~struck~", "under struck", [("underline", 0, 5), ("strikethrough", 6, 6)]),
        ("||hidden||", "hidden", [("spoiler", 0, 6)]),
        ("𝒳*𝒳*", "𝒳𝒳", [("bold", 2, 2)]),
        ("\\*a\\_b\\`", "*a_b`", []),
        ("a\\b\\\\", "ab\\", []),
        ("дом\\ы", "дом\\ы", []),
        ("`a*b_c.`", "a*b_c.", [("code", 0, 6)]),
        ("`a\\`b`", "a`b", [("code", 0, 3)]),
        ("```\nx = 1\n```", "x = 1", [("pre", 0, 5)]),
        ("```py\nx\n```z", "x\nz", [("pre", 0, 2)]),
        ("```py x```", " x", [("pre", 0, 2)]),
        ("```py```", "py", [("pre", 0, 2)]),
        ("*a _b_ c*", "a b c", [("bold", 0, 2), ("bold", 2, 3), ("italic", 2, 1)]),
        ("_a __b___", "a b", [("italic", 0, 2), ("italic", 2, 1), ("underline", 2, 1)]),
        ("[site](clinic.it)", "site", [("text_link", 0, 4)]),
        ("[site](clinic.it/\\))", "site", [("text_link", 0, 4)]),
        ("[clinic\\.it]", "clinic.it", [("text_link", 0, 9)]),
        ("[site](nowhere)", "site", []),
        ("[](clinic.it)x", "x", []),
        ("[*b*](clinic.it)", "b", [("text_link", 0, 1), ("bold", 0, 1)]),
        ("![👍](tg://emoji?id=5)", "👍", [("custom_emoji", 0, 2)]),
        (">a\n>b\nc", "a\nb\nc", [("blockquote", 0, 4)]),
        (">a", "a", [("blockquote", 0, 1)]),
        ("a\n>b", "a\nb", [("blockquote", 2, 1)]),
        ("*>a\n*b", "a\nb", [("blockquote", 0, 2), ("bold", 0, 2)]),
        (">a\n>b||\nc", "a\nb\nc", [("expandable_blockquote", 0, 4)]),
        (">a\r\n>b||\r\nc", "a\nb\nc", [("expandable_blockquote", 0, 4)]),
        ("**>a\n>b||", "a\nb", [("expandable_blockquote", 0, 3)]),
        (">a\n**>b||", "a\nb", [("blockquote", 0, 2), ("expandable_blockquote", 2, 1)]),
        (">||a||", "a", [("blockquote", 0, 1), ("spoiler", 0, 1)]),
        (">`a\n>b`\nc", "a\n>b\nc", [("blockquote", 0, 5), ("code", 0, 4)]),
    ],
)
def test_what_becomes_of_the_second(source: str, text: str, found: Spans) -> None:
    read, entities = settled(*parse_markdown_v2(source))
    assert (read, spans(entities)) == (text, found)


@pytest.mark.parametrize("letter", RESERVED_ALONE)
def test_a_reserved_letter_is_refused_alone_and_passes_escaped(letter: str) -> None:
    with pytest.raises(CannotParseEntities) as caught:
        parse_markdown_v2(f"a{letter}")
    told = f"Bad Request: can't parse entities: Character '{letter}' is reserved and must be escaped"
    assert caught.value.description == f"{told} with the preceding '\\'"
    assert parse_markdown_v2(f"a\\{letter}").text == f"a{letter}"


@pytest.mark.parametrize(
    ("broken", "told"),
    [
        ("я _x", "Can't find end of Italic entity at byte offset 3"),
        ("я *x", "Can't find end of Bold entity at byte offset 3"),
        ("𝒳__x", "Can't find end of Underline entity at byte offset 4"),
        ("~x", "Can't find end of Strikethrough entity at byte offset 0"),
        ("||x", "Can't find end of Spoiler entity at byte offset 0"),
        ("`x", "Can't find end of Code entity at byte offset 0"),
        ("```x", "Can't find end of Pre entity at byte offset 0"),
        ("```x ", "Can't find end of PreCode entity at byte offset 0"),
        ("```x y`", "Can't find end of Code entity at byte offset 6"),
        ("[x", "Can't find end of TextUrl entity at byte offset 0"),
        ("![x", "Can't find end of CustomEmoji entity at byte offset 0"),
        ("[x](clinic.it", "Can't find end of a URL at byte offset 4"),
        ("*a _b* c_", "Can't find end of Italic entity at byte offset 8"),
        ("*bold _italic\\_*", "Can't find end of Bold entity at byte offset 15"),
        ("![x]", "The entity must contain a tg://emoji or tg://time URL"),
        ("![x](tg://emoji?id=5", "Can't find end of a URL at byte offset 5"),
        ("![x](clinic.it)", "Invalid tg://emoji or tg://time URL specified"),
        ("![x](tg://emoji?id=025)", "Invalid tg://emoji or tg://time URL specified"),
        (">*a\nb*", "Can't find end of Bold entity at byte offset 1"),
        (">a||b\nc||", "Can't find end of Spoiler entity at byte offset 2"),
        (">*a||\nb", "Can't find end of Bold entity at byte offset 1"),
    ],
)
def test_what_is_said_of_a_broken_second(broken: str, told: str) -> None:
    with pytest.raises(CannotParseEntities) as caught:
        parse_markdown_v2(broken)
    assert caught.value.description == f"Bad Request: can't parse entities: {told}"


def test_languages_and_links_are_kept() -> None:
    block, link, person = parse_markdown_v2("```py\nx```[a](clinic.it)[b](tg://user?id=7)").entities
    assert (block["language"], link["url"], person["url"]) == ("py", "http://clinic.it/", "tg://user?id=7")


def test_links_of_time_are_missed_aloud() -> None:
    with pytest.raises(NotInTheSandbox):
        parse_markdown_v2("![x](tg://time?unix=1)")


@pytest.mark.parametrize(
    ("source", "text", "found"),
    [
        ("plain. text!", "plain. text!", []),
        ("*bold* _italic_ `code`", "bold italic code", [("bold", 0, 4), ("italic", 5, 6), ("code", 12, 4)]),
        ("*a_b*", "a_b", [("bold", 0, 3)]),
        ("\\*a\\_b\\.", "*a_b\\.", []),
        ("```py\nx```", "x", [("pre", 0, 1)]),
        ("```x```", "x", [("pre", 0, 1)]),
        ("[site](clinic.it) x", "site x", [("text_link", 0, 4)]),
        ("[clinic.it] x", "clinic.it x", [("text_link", 0, 9)]),
        ("[site](clinic.it", "site", [("text_link", 0, 4)]),
        ("[](clinic.it)", "(clinic.it)", [("url", 1, 9)]),
        ("[a*b](clinic.it)", "a*b", [("text_link", 0, 3)]),
        ("**a", "a", []),
    ],
)
def test_what_becomes_of_the_first(source: str, text: str, found: Spans) -> None:
    read, entities = settled(*parse_markdown(source))
    assert (read, spans(entities)) == (text, found)


@pytest.mark.parametrize(("broken", "offset"), [("я *x", 3), ("_x", 0), ("`x", 0), ("a ```x``", 2), ("[x", 0)])
def test_what_is_said_of_a_broken_first(broken: str, offset: int) -> None:
    with pytest.raises(CannotParseEntities) as caught:
        parse_markdown(broken)
    told = f"Can't find end of the entity starting at byte offset {offset}"
    assert caught.value.description == f"Bad Request: can't parse entities: {told}"
