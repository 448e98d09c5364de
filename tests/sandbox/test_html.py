"""Telegram's HTML: what becomes of it, and what is said of broken pieces."""

import pytest

from sandbox.bad_requests import CannotParseEntities
from sandbox.refusals import NotInTheSandbox
from sandbox.text.entities import settled
from sandbox.text.html_markup import parse_html

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
        (" <b> x </b> y ", " x  y", [("bold", 0, 3)]),
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
        ("<b>a<i>b</i></b>", "ab", [("bold", 0, 1), ("bold", 1, 1), ("italic", 1, 1)]),
        ('<a href="clinic.it">c</a>', "c", [("text_link", 0, 1)]),
        ("<a>clinic.it/a</a>", "clinic.it/a", [("text_link", 0, 11)]),
        ('<a href="nowhere">c</a>', "c", []),
        ('<pre><code class="language-py">x</code></pre>', "x", [("pre", 0, 1)]),
        ("<pre><code>x</code></pre>", "x", [("pre", 0, 1)]),
        ('<pre> <code class="language-py">x</code></pre>y', " xy", [("pre", 0, 2)]),
        ("<code><b>x</b></code>", "x", [("code", 0, 1)]),
        ("<b>a<code>b</code>c</b>", "abc", [("bold", 0, 1), ("code", 1, 1), ("bold", 2, 1)]),
        ("<blockquote>a<pre>b</pre></blockquote>", "ab", [("blockquote", 0, 2), ("pre", 1, 1)]),
        ('<tg-emoji emoji-id="5368324170671202286">👍</tg-emoji>', "👍", [("custom_emoji", 0, 2)]),
        ("<b x=y z='>'>x</b>", "x", [("bold", 0, 1)]),
        ("<a href=clinic.it>c</a>", "c", [("text_link", 0, 1)]),
        ('<a HREF="clinic.it">c</a>', "c", []),
        ("<a>clinic.it </a>x", "clinic.it x", [("url", 0, 9)]),
        ("&#x41;&#65&amp", "AA&", []),
        ("&#X41;", "&#X41;", [("hashtag", 1, 4)]),
        ("&#0000000065;", "&#0000000065;", []),
    ],
)
def test_what_becomes_of_markup(source: str, text: str, spans: Spans) -> None:
    assert read(source) == (text, spans)


def test_a_link_is_written_out() -> None:
    assert parse_html("<a href='clinic.it'>c</a>").entities[0]["url"] == "http://clinic.it/"


@pytest.mark.parametrize(
    "source",
    [
        '<pre><code class="language-py">x</code></pre>',
        "<code class='language-py'><pre>x</pre></code>",
    ],
)
def test_a_language_stays_with_its_block(source: str) -> None:
    (block,) = parse_html(source).entities
    assert (block["type"], block["language"]) == ("pre", "py")


def test_a_line_of_code_has_no_language() -> None:
    assert "language" not in parse_html('<code class="language-py">x</code>').entities[0]


def test_a_person_behind_a_link_has_one_form() -> None:
    assert parse_html('<a href="tg:user?id=7&x=1">c</a>').entities[0]["url"] == "tg://user?id=7"


def test_tags_of_time_are_missed_aloud() -> None:
    with pytest.raises(NotInTheSandbox):
        parse_html('<tg-time unix="1">x</tg-time>')


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
        ("<a href=x", "Unclosed start tag at byte offset 0"),
        ("<a href='x'", "Unclosed start tag at byte offset 0"),
        ("<b ", 'Empty attribute name in the tag "b" at byte offset 0'),
        ("x<b />", 'Empty attribute name in the tag "b" at byte offset 1'),
        ("x<br/>", 'Unsupported start tag "br/" at byte offset 1'),
        ("<tg-emoji>x</tg-emoji>", "Invalid custom emoji identifier specified"),
        ('<tg-emoji emoji-id="025">x</tg-emoji>', "Invalid custom emoji identifier specified"),
        ('<tg-emoji emoji-id="9999999999999999999">x</tg-emoji>', "Invalid custom emoji identifier specified"),
        (
            "&#55357;",
            "Text contains invalid Unicode characters after decoding HTML entities, "
            "check for unmatched surrogate code units",
        ),
    ],
)
def test_what_is_said_of_broken_markup(broken: str, told: str) -> None:
    with pytest.raises(CannotParseEntities) as caught:
        parse_html(broken)
    assert caught.value.description == f"Bad Request: can't parse entities: {told}"
