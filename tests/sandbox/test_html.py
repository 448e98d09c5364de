"""Telegram's HTML: what becomes of it, and what is said of broken pieces."""

import pytest

from sandbox.entities import settled
from sandbox.html_markup import parse_html
from sandbox.refusals import CannotParseEntities

Spans = list[tuple[str, int, int]]
STADIUM = "🏟 🏟&lt;"


def read(source: str) -> tuple[str, Spans]:
    text, entities = settled(*parse_html(source))
    return text, [(str(e["type"]), int(str(e["offset"])), int(str(e["length"]))) for e in entities]


@pytest.mark.parametrize(
    ("source", "text", "spans"),
    [
        ("plain", "plain", []),
        ("  trimmed \n", "trimmed", []),
        (" <b> x </b> y ", "x  y", [("bold", 0, 2)]),
        ("&lt;&gt;&amp;&quot;&laquo;&#33;&#x41;&#12345678;", '<>&"&laquo;!A&#12345678;', []),
        (f"&#{'9' * 5000};", f"&#{'9' * 5000};", []),
        ("a & b", "a & b", []),
        ("<b>a</b><strong>b</strong>", "ab", [("bold", 0, 2)]),
        ("<i>a</i> <em>b</em>", "a b", [("italic", 0, 1), ("italic", 2, 1)]),
        ("<u>a</u>b<ins>c</ins>", "abc", [("underline", 0, 1), ("underline", 2, 1)]),
        ("<s>a</s>b<del>c</del>d<strike>e</strike>", "abcde", [("strikethrough", at, 1) for at in (0, 2, 4)]),
        ("<tg-spoiler>a</tg-spoiler>", "a", [("spoiler", 0, 1)]),
        ('<span class="tg-spoiler">a</span>', "a", [("spoiler", 0, 1)]),
        ("<blockquote>a</blockquote>", "a", [("blockquote", 0, 1)]),
        ("<blockquote expandable>a</blockquote>", "a", [("expandable_blockquote", 0, 1)]),
        ("<code>/start</code>", "/start", [("code", 0, 6)]),
        ("go /start now", "go /start now", [("bot_command", 3, 6)]),
        ("1/2 a/b", "1/2 a/b", []),
        ("<B>x</b >", "x", [("bold", 0, 1)]),
        ("<b>x</>", "x", [("bold", 0, 1)]),
        ("<b></b>x", "x", []),
        ("𝒳<b>𝒳</b>", "𝒳𝒳", [("bold", 2, 2)]),
        ("<b>a<i>b</i></b>", "ab", [("bold", 0, 2), ("italic", 1, 1)]),
        ('<a href="clinic.it">c</a>', "c", [("text_link", 0, 1)]),
        ("<a>clinic.it/a</a>", "clinic.it/a", [("text_link", 0, 11)]),
        ('<a href="nowhere">c</a>', "c", []),
        ('<pre><code class="language-py">x</code></pre>', "x", [("pre", 0, 1)]),
    ],
)
def test_what_becomes_of_markup(source: str, text: str, spans: Spans) -> None:
    assert read(source) == (text, spans)


def test_a_link_is_written_out() -> None:
    assert parse_html("<a href='clinic.it'>c</a>").entities[0]["url"] == "http://clinic.it/"


def test_a_language_stays_with_its_block() -> None:
    assert parse_html('<pre><code class="language-py">x</code></pre>').entities[0]["language"] == "py"


@pytest.mark.parametrize(
    ("broken", "told"),
    [
        ("<b>x", 'Can\'t find end tag corresponding to start tag "b"'),
        ("<b><i>x</i>", 'Can\'t find end tag corresponding to start tag "b"'),
        (f"{STADIUM}<abacaba", "Unclosed start tag at byte offset 13"),
        (f"{STADIUM}<abac aba>", 'Unsupported start tag "abac" at byte offset 13'),
        (f"{STADIUM}<abac>", 'Unsupported start tag "abac" at byte offset 13'),
        (f"{STADIUM}<i   =aba>", 'Empty attribute name in the tag "i" at byte offset 13'),
        (f"{STADIUM}<i    aba>", 'Can\'t find end tag corresponding to start tag "i"'),
        (f"{STADIUM}<i    aba  =  ", 'Unclosed start tag "i" at byte offset 13'),
        (f"{STADIUM}<i    aba  =  190azAz-.,", "Unexpected end of name token at byte offset 27"),
        (f'{STADIUM}<i    aba  =  "&lt;&gt;&quot;>', "Unclosed start tag at byte offset 13"),
        (f"{STADIUM}</", "Unexpected end tag at byte offset 13"),
        (f"{STADIUM}<b></b></", "Unexpected end tag at byte offset 20"),
        (f"{STADIUM}<i>a</i   ", "Unclosed end tag at byte offset 17"),
        (f"{STADIUM}<i>a</em   >", 'Unmatched end tag at byte offset 17, expected "</i>", found "</em>"'),
        ("<b><i>test</b></i>", 'Unmatched end tag at byte offset 10, expected "</i>", found "</b>"'),
        ("a < b", 'Unsupported start tag "" at byte offset 2'),
        ("<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        ("<a href", 'Unclosed start tag "a" at byte offset 0'),
    ],
)
def test_what_is_said_of_broken_markup(broken: str, told: str) -> None:
    with pytest.raises(CannotParseEntities) as caught:
        parse_html(broken)
    assert caught.value.description == f"Bad Request: can't parse entities: {told}"
