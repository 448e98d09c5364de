"""A lock between processes: a port, because each engine of the memory has its own way."""

from typing import Protocol


class Lock(Protocol):
    """Held by one process at a time, and let go by its death at the latest."""

    @property
    def held(self) -> bool:
        """Whether it is held as far as this process knows; asks nobody."""
        ...

    async def take(self) -> bool:
        """Hold it, or make sure that it is still held; False when another process does. Raises DatabaseLost."""
        ...

    async def let_go(self) -> None:
        """Give it back; nothing happens where it is not held."""
        ...
