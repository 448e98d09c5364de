"""The letter as HTML: one column, no table, no picture, no link, nothing from elsewhere.

Colours are left to the reader's program, light or dark, but for a green that is legible on both.
"""

from html import escape
from typing import Final

from jobs.mail.blocks import Block, Card, Credential, Heading, Paragraph, Words
from locales.language import Language

PAGE: Final = (
    "max-width: 560px; margin: 0 auto; padding: 24px 20px; font-size: 17px; line-height: 1.5; "
    "font-family: -apple-system, Segoe UI, Roboto, Helvetica Neue, Arial, sans-serif; overflow-wrap: break-word"
)
HEADLINE: Final = "margin: 0 0 20px; font-size: 24px; line-height: 1.25; font-weight: 600"
HEADING: Final = "margin: 24px 0 4px; font-size: 18px; line-height: 1.3; font-weight: 600"
PARAGRAPH: Final = "margin: 0 0 16px"
CARD: Final = "margin: 0 0 20px; padding: 4px 0 4px 16px; border-left: 4px solid #2e8b74"
WHEN: Final = "margin: 0 0 4px; font-size: 19px; font-weight: 600"
LINE: Final = "margin: 0"
LABEL: Final = "margin: 0; font-size: 15px"
SECRET: Final = "margin: 0; font-size: 21px; font-family: Consolas, Menlo, Liberation Mono, monospace"
FOOTER: Final = "margin: 32px 0 0; padding: 16px 0 0; border-top: 1px solid #8a8f8d; font-size: 15px"


class Html(str):
    """Markup. Everything else is text, and is escaped on its way in."""

    __slots__ = ()


def draw_html(words: Words, language: Language) -> str:
    """A whole document in this language."""
    footer = [_tag("p", LINE, line) for line in words.footer]
    body = _tag(
        "div",
        PAGE,
        _tag("h1", HEADLINE, words.headline),
        *(_draw(block) for block in words.blocks),
        _tag("div", FOOTER, *footer),
    )
    return (
        f'<!DOCTYPE html>\n<html lang="{language.value}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="color-scheme" content="light dark">\n<meta name="supported-color-schemes" content="light dark">\n'
        f"<title>{escape(words.subject)}</title>\n"
        "<style>:root { color-scheme: light dark; supported-color-schemes: light dark }</style>\n"
        f'</head>\n<body style="margin: 0">\n{body}</body>\n</html>\n'
    )


def _draw(block: Block) -> Html:
    match block:
        case Paragraph(text):
            return _tag("p", PARAGRAPH, text)
        case Heading(text):
            return _tag("h2", HEADING, text)
        case Card(when, lines):
            return _tag("div", CARD, _tag("p", WHEN, when), *(_tag("p", LINE, line) for line in lines))
        case Credential(label, value):
            return _tag("div", CARD, _tag("p", LABEL, label), _tag("p", SECRET, value))


def _tag(name: str, style: str, *inside: str) -> Html:
    held = "".join(piece if isinstance(piece, Html) else escape(piece).replace("\n", "<br>\n") for piece in inside)
    return Html(f'<{name} style="{escape(style)}">{held}</{name}>\n')
