"""The signs of MarkdownV2, and what stands between them."""

from enum import Enum


class Mark(Enum):
    """Under the names that Telegram gives them when their end is missing."""

    BOLD = "Bold"
    ITALIC = "Italic"
    UNDERLINE = "Underline"
    STRIKETHROUGH = "Strikethrough"
    SPOILER = "Spoiler"
    CODE = "Code"
    PRE = "Pre"
    PRE_CODE = "PreCode"
    LINK = "TextUrl"
    EMOJI = "CustomEmoji"
    QUOTATION = "BlockQuote"


VERBATIM = frozenset({Mark.CODE, Mark.PRE, Mark.PRE_CODE})
CLOSING = {
    Mark.BOLD: "*",
    Mark.UNDERLINE: "__",
    Mark.STRIKETHROUGH: "~",
    Mark.SPOILER: "||",
    Mark.CODE: "`",
    Mark.PRE: "```",
    Mark.PRE_CODE: "```",
    Mark.LINK: "]",
    Mark.EMOJI: "]",
}
OPENING = (
    ("__", Mark.UNDERLINE),
    ("_", Mark.ITALIC),
    ("*", Mark.BOLD),
    ("~", Mark.STRIKETHROUGH),
    ("||", Mark.SPOILER),
    ("[", Mark.LINK),
    ("![", Mark.EMOJI),
    ("```", Mark.PRE),
    ("`", Mark.CODE),
)
KIND_OF_MARK = {
    Mark.BOLD: "bold",
    Mark.ITALIC: "italic",
    Mark.UNDERLINE: "underline",
    Mark.STRIKETHROUGH: "strikethrough",
    Mark.SPOILER: "spoiler",
    Mark.CODE: "code",
    Mark.PRE: "pre",
    Mark.PRE_CODE: "pre",
    Mark.LINK: "text_link",
    Mark.EMOJI: "custom_emoji",
}
