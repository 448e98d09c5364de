"""What will go wrong with the post, how often, and for which address."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import asdict, dataclass
from enum import StrEnum
from itertools import count

from sandbox.post.addresses import AddressKey
from sandbox.wire import Json


class MailFault(StrEnum):
    RCPT_451 = "rcpt_451"
    RCPT_550 = "rcpt_550"
    DATA_451 = "data_451"
    DATA_554 = "data_554"
    LOST_BEFORE = "lost_before"
    LOST_AFTER = "lost_after"
    SLOW = "slow"


class SmsFault(StrEnum):
    THROTTLE = "throttle"
    REFUSE = "refuse"
    NO_RECEIPT = "no_receipt"
    FAILED_RECEIPT = "failed_receipt"
    LOST_BEFORE = "lost_before"
    LOST_AFTER = "lost_after"
    SLOW = "slow"


@dataclass(slots=True)
class PostFault:
    """Counts down: first what it lets pass, then what it spoils. Without an address it concerns all."""

    id: int
    kind: str
    address: str
    times: int
    skip: int
    seconds: float

    def as_json(self) -> Json:
        return asdict(self)


class PostFaultPlan:
    def __init__(self, kinds: type[StrEnum], key: AddressKey, on_use: Callable[[], None]) -> None:
        self._ids = count(1)
        self._key = key
        self._on_use = on_use
        self.kinds = kinds
        self.faults: list[PostFault] = []

    def add(
        self, kind: StrEnum, *, address: str = "", times: int = 1, skip: int = 0, seconds: float = 0.0
    ) -> PostFault:
        fault = PostFault(next(self._ids), kind.value, address, times, skip, seconds)
        self.faults.append(fault)
        return fault

    def take(self, kinds: Collection[StrEnum], addresses: Iterable[str]) -> PostFault | None:
        """The fault of one of these kinds that this delivery meets, used up by one."""
        keys = {self._key(address) for address in addresses}
        for fault in self.faults:
            if fault.kind not in kinds or (fault.address and self._key(fault.address) not in keys):
                continue
            if fault.skip:
                fault.skip -= 1
                continue
            fault.times -= 1
            if not fault.times:
                self.faults.remove(fault)
            self._on_use()
            return fault
        return None

    def clear(self) -> None:
        self.faults.clear()
