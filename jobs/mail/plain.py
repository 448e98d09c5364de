"""The letter as plain text."""

from jobs.mail.blocks import Block, Card, Credential, Heading, Paragraph, Words


def draw_plain(words: Words) -> str:
    """An empty line before each block, but none between a heading and what it stands over."""
    text = f"{words.headline}\n"
    before: Block | None = None
    for block in words.blocks:
        text += f"{_draw(block)}\n" if isinstance(before, Heading) else f"\n{_draw(block)}\n"
        before = block
    return "\n".join([text, *words.footer, ""])


def _draw(block: Block) -> str:
    match block:
        case Paragraph(text) | Heading(text):
            return text
        case Card(when, lines):
            return "\n".join([when, *lines])
        case Credential(label, value):
            return f"{label}\n{value}"
