"""How every text of ours looks in a chat: the first line says the fact, and stands out."""

from collections.abc import Sequence
from html import escape


def headline(text: str) -> str:
    """The text as Telegram's HTML: its first line bold, everything else, values included, plain."""
    first, *rest = escape(text, quote=False).split("\n", maxsplit=1)
    return "\n".join([f"<b>{first}</b>", *rest])


def apart(things: Sequence[str]) -> str:
    """One below the other; those of several lines with a blank one between them."""
    return ("\n\n" if any("\n" in thing for thing in things) else "\n").join(things)
