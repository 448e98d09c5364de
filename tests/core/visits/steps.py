"""One step of somebody's at a desk, and the same step on paper."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, Final

from core.alerts.alert import AlertId, AlertState
from core.alerts.claim_due_alerts import claim_due_alerts
from core.alerts.settle_alerts import Ending, settle_alerts
from core.clinic import Clinic
from core.errors import Refusal
from core.facility.profile import Channel
from core.identity.account import SmsWish
from core.identity.choose_reminders import choose_reminders
from core.intake.cause import Cause, cause
from core.transaction import Transaction
from core.visits.book_visit import book_visit
from core.visits.cancel_visit import cancel_visit
from core.visits.hold_slot import hold_slot
from core.visits.move_visit import move_visit
from tests.core.visits.paper import Paper
from tests.core.visits.paper_rows import Refused
from tests.stage.small_clinic import Somebody

NOWHERE: Final = 1  # no slot and no visit has this id
MANY: Final = 1_000


class PowerCut(Exception):
    """All of a change was made, and none of it was written."""


@dataclass(frozen=True)
class Step:
    """On paper it is told what the clinic returned: that is where the ids of new visits come from."""

    who: Somebody
    use_case: Callable[..., Any]
    args: tuple[Any, ...]
    on_paper: Callable[[Paper, Any], Any]

    def is_agreed(self, came: Any, paper: Paper) -> bool:
        """Take the step on paper; whether the clinic did the same, or refused for a reason that the paper has too."""
        try:
            return bool(self.on_paper(paper, NOWHERE if isinstance(came, Refusal) else came) == came)
        except Refused as refused:
            return type(came) in refused.reasons

    async def at(self, desk: Clinic, key: str | None = None, *, cut_short: bool = False) -> Any:
        """Take the step at this desk, caused by this update; returns what came of it, or how it ended instead."""
        cause.set(None if key is None else Cause(key))
        use_case = _cut_short(self.use_case) if cut_short else self.use_case
        try:
            return await desk.acting_as(self.who.person)(use_case, *self.args)
        except (Refusal, PowerCut) as end:
            return end


def holding(who: Somebody, slot: int) -> Step:
    return Step(who, hold_slot, (slot,), lambda paper, _: paper.hold(who.number, slot))


def booking(who: Somebody, slot: int) -> Step:
    return Step(who, book_visit, (slot,), lambda paper, visit: paper.book(who.number, slot, visit))


def moving(who: Somebody, visit: int, slot: int) -> Step:
    return Step(who, move_visit, (visit, slot), lambda paper, _: paper.move(who.number, visit, slot))


def cancelling(who: Somebody, visit: int) -> Step:
    return Step(who, cancel_visit, (visit, None), lambda paper, _: paper.cancel(who.number, visit))


def wishing(who: Somebody, hour: int, *, sms: bool) -> Step:
    wish = SmsWish.ALWAYS if sms else SmsWish.NEVER
    return Step(who, choose_reminders, (wish, hour), lambda paper, _: paper.wish(who.number, hour, sms))


def same(one: Any, other: Any) -> bool:
    """Whether two runs came to the same end."""
    return type(one) is type(other) and (isinstance(one, Refusal) or one == other)


async def send_alerts(desk: Clinic, channel: Channel) -> None:
    """Carry whatever is due on this channel, each person's one after another; all of it arrives."""
    cause.set(None)
    while alerts := await desk(claim_due_alerts, channel, MANY):
        for alert in alerts:
            await desk(settle_alerts, (Ending(AlertId(alert), AlertState.SENT),))


def _cut_short(use_case: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(use_case)
    def until_the_end(tx: Transaction, *args: Any) -> Any:
        use_case(tx, *args)
        raise PowerCut

    return until_the_end
