"""Marks for texts that are kept in a table first and said later."""


def N_(text: str) -> str:  # noqa: N802 - gettext's own name for the mark
    """Let the catalogs collect this text where it stands; it is translated when it is said."""
    return text
