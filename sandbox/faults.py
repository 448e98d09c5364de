"""The fault plan: which call will go wrong, how, and how often."""

from dataclasses import dataclass
from enum import StrEnum
from http import HTTPStatus
from itertools import count

from sandbox.wire import Json


class FaultKind(StrEnum):
    ERROR = "error"
    HTML_502 = "html502"
    TIMEOUT_BEFORE = "timeout_before"
    TIMEOUT_AFTER = "timeout_after"
    TRUNCATED = "truncated"
    SLOW = "slow"


TAKES_EFFECT = frozenset({FaultKind.TIMEOUT_AFTER, FaultKind.TRUNCATED, FaultKind.SLOW})


@dataclass(slots=True)
class Fault:
    """Counts down: first the calls it lets pass, then the calls it spoils."""

    id: int
    method: str
    kind: FaultKind
    code: int
    description: str
    retry_after: int | None
    times: int
    skip: int
    chat: int | None
    seconds: float

    def concerns(self, method: str, chat: int | None) -> bool:
        return self.method in ("*", method) and self.chat in (None, chat)

    @property
    def takes_effect(self) -> bool:
        return self.kind in TAKES_EFFECT

    def envelope(self) -> Json:
        envelope: Json = {"ok": False, "error_code": self.code, "description": self.description}
        if self.retry_after is not None:
            envelope["parameters"] = {"retry_after": self.retry_after}
        return envelope

    def as_json(self) -> Json:
        return {
            "id": self.id,
            "method": self.method,
            "kind": self.kind.value,
            "code": self.code,
            "description": self.description,
            "retry_after": self.retry_after,
            "times": self.times,
            "skip": self.skip,
            "chat": self.chat,
            "seconds": self.seconds,
        }


class FaultPlan:
    def __init__(self) -> None:
        self._ids = count(1)
        self.faults: list[Fault] = []

    def add(
        self,
        method: str,
        kind: FaultKind,
        *,
        code: int | None = None,
        description: str = "",
        retry_after: int | None = None,
        times: int = 1,
        skip: int = 0,
        chat: int | None = None,
        seconds: float = 0.0,
    ) -> Fault:
        code = code or (HTTPStatus.TOO_MANY_REQUESTS if retry_after is not None else 500)
        description = description or usual_description(code, retry_after)
        fault = Fault(next(self._ids), method, kind, code, description, retry_after, times, skip, chat, seconds)
        self.faults.append(fault)
        return fault

    def take(self, method: str, chat: int | None) -> Fault | None:
        """The fault this call meets, used up by one."""
        for fault in self.faults:
            if not fault.concerns(method, chat):
                continue
            if fault.skip:
                fault.skip -= 1
                continue
            fault.times -= 1
            if not fault.times:
                self.faults.remove(fault)
            return fault
        return None

    def clear(self) -> None:
        self.faults.clear()


def usual_description(code: int, retry_after: int | None) -> str:
    try:
        phrase = HTTPStatus(code).phrase
    except ValueError:
        phrase = "Internal Server Error"
    return phrase if retry_after is None else f"{phrase}: retry after {retry_after}"
