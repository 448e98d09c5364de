"""What is not there, and what is somebody else's, reads the same."""

from typing import TypeVar

from core.errors import NotFound

T = TypeVar("T")


def found(thing: T | None) -> T:
    """The thing itself; refuses with NotFound."""
    if thing is None:
        raise NotFound
    return thing
