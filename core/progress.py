"""How far something long has come, for whoever waits for it."""

from collections.abc import Callable
from typing import TypeAlias

Tell: TypeAlias = Callable[[str, int, int], None]
"""Hears what is being done, how many of it are done, and of how many; first with none done, last with all."""


def in_silence(what: str, done: int, of: int) -> None:
    """Nobody waits."""
