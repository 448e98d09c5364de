"""The fault plan: which call will go wrong, how, and how often."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from http import HTTPStatus
from itertools import count
from math import inf, isfinite
from random import Random
from typing import Final

from sandbox.refusals import BlockedByTheUser, TerminatedByOtherPoll
from sandbox.wire import Json


class FaultKind(StrEnum):
    ERROR = "error"
    HTML_502 = "html502"
    TIMEOUT_BEFORE = "timeout_before"
    TIMEOUT_AFTER = "timeout_after"
    TRUNCATED = "truncated"
    SLOW = "slow"


TAKES_EFFECT: Final = frozenset({FaultKind.TIMEOUT_AFTER, FaultKind.TRUNCATED, FaultKind.SLOW})
USUAL_RETRY_SECONDS: Final = 1
USUAL_DESCRIPTIONS: Final = {
    HTTPStatus.FORBIDDEN: BlockedByTheUser().description,
    HTTPStatus.CONFLICT: TerminatedByOtherPoll().description,
}


@dataclass(frozen=True, slots=True)
class Choice:
    """Which of the calls a fault takes: after the first `skip` each `every`-th, of these as many as chance wants."""

    times: int | None = 1
    skip: int = 0
    every: int = 1
    probability: float = 1.0
    seed: int = 0
    begins: float = -inf
    ends: float = inf


@dataclass(slots=True)
class Fault:
    """`times` left, None for no end; `met` are the calls that were its concern."""

    id: int
    method: str
    kind: FaultKind
    code: int
    description: str
    retry_after: int | None
    chat: int | None
    seconds: float
    choice: Choice
    times: int | None
    met: int = 0
    chance: Random = field(default_factory=Random)

    def concerns(self, method: str, chat: int | None, now: float) -> bool:
        return (
            self.method in ("*", method) and self.chat in (None, chat) and self.choice.begins <= now < self.choice.ends
        )

    def takes(self) -> bool:
        """Whether it spoils this call, which is its concern. The dice are thrown only for calls that may be spoiled."""
        choice = self.choice
        self.met += 1
        beyond = self.met - choice.skip
        if beyond <= 0 or beyond % choice.every:
            return False
        return choice.probability >= 1.0 or self.chance.random() < choice.probability

    @property
    def takes_effect(self) -> bool:
        return self.kind in TAKES_EFFECT

    def envelope(self) -> Json:
        envelope: Json = {"ok": False, "error_code": self.code, "description": self.description}
        if self.retry_after is not None:
            envelope["parameters"] = {"retry_after": self.retry_after}
        return envelope

    def as_json(self) -> Json:
        """`skip` are the calls it will still let pass at first."""
        choice = self.choice
        return {
            "id": self.id,
            "method": self.method,
            "kind": self.kind.value,
            "code": self.code,
            "description": self.description,
            "retry_after": self.retry_after,
            "times": self.times,
            "skip": max(0, choice.skip - self.met),
            "every": choice.every,
            "probability": choice.probability,
            "from": _iso(choice.begins),
            "until": _iso(choice.ends),
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
        chat: int | None = None,
        seconds: float = 0.0,
        choice: Choice | None = None,
    ) -> Fault:
        choice = choice or Choice()
        code = code or (HTTPStatus.TOO_MANY_REQUESTS if retry_after is not None else HTTPStatus.INTERNAL_SERVER_ERROR)
        if code == HTTPStatus.TOO_MANY_REQUESTS and retry_after is None:
            retry_after = USUAL_RETRY_SECONDS
        description = description or usual_description(code, retry_after)
        fault = Fault(
            id=next(self._ids),
            method=method,
            kind=kind,
            code=code,
            description=description,
            retry_after=retry_after,
            chat=chat,
            seconds=seconds,
            choice=choice,
            times=choice.times,
            chance=Random(choice.seed),
        )
        self.faults.append(fault)
        return fault

    def take(self, method: str, chat: int | None, now: float) -> Fault | None:
        """The fault this call meets, used up by one; the faults behind it do not see the call."""
        for fault in self.faults:
            if not fault.concerns(method, chat, now) or not fault.takes():
                continue
            if fault.times is not None:
                fault.times -= 1
                if not fault.times:
                    self.faults.remove(fault)
            return fault
        return None

    def clear(self) -> None:
        self.faults.clear()


def _iso(moment: float) -> str | None:
    return datetime.fromtimestamp(moment, UTC).isoformat() if isfinite(moment) else None


def usual_description(code: int, retry_after: int | None) -> str:
    """What Telegram says most often under that code."""
    try:
        status = HTTPStatus(code)
    except ValueError:
        return HTTPStatus.INTERNAL_SERVER_ERROR.phrase
    if retry_after is not None:
        return f"{status.phrase}: retry after {retry_after}"
    return USUAL_DESCRIPTIONS.get(status, status.phrase)
