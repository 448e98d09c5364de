"""What has arrived, in order, and for whom."""

from collections import Counter
from collections.abc import Callable, Iterator
from itertools import count
from typing import Generic, Protocol, TypeVar

from sandbox.bell import Bell
from sandbox.post.addresses import Kind
from sandbox.wire import Json


class Arrived(Protocol):
    """`key` names the address, however it was written."""

    id: int
    unread: bool

    @property
    def key(self) -> str: ...

    def as_listed(self) -> Json: ...


KEPT = 20_000

Wanted = Callable[[Arrived], bool]
ArrivedT = TypeVar("ArrivedT", bound=Arrived)


class Box(Generic[ArrivedT]):
    def __init__(self, kind: Kind) -> None:
        self._ids = count(1)
        self._arrived: dict[int, ArrivedT] = {}
        self.kind = kind
        self.changed = Bell()
        self.closed = False

    def next_id(self) -> int:
        """Rises, and never starts again."""
        return next(self._ids)

    def add(self, arrived: ArrivedT) -> None:
        self._arrived[arrived.id] = arrived
        if len(self._arrived) > KEPT:
            del self._arrived[next(iter(self._arrived))]
        self.changed.ring()

    def get(self, number: int) -> ArrivedT | None:
        return self._arrived.get(number)

    def where(self, wanted: Wanted, after: int = 0) -> Iterator[ArrivedT]:
        return (arrived for arrived in self._arrived.values() if arrived.id > after and wanted(arrived))

    def unread(self) -> Counter[str]:
        """How many each address has."""
        return Counter(arrived.key for arrived in self._arrived.values() if arrived.unread)

    def clear(self, wanted: Wanted) -> None:
        self._arrived = {number: arrived for number, arrived in self._arrived.items() if not wanted(arrived)}

    async def wait_for_some(self, wanted: Wanted, *, after: int, seconds: float) -> None:
        """Until something later than `after` is here, or the time is over."""
        await self.changed.wait_until(lambda: self.closed or any(True for _ in self.where(wanted, after)), seconds)

    def close(self) -> None:
        self.closed = True
        self.changed.ring()
