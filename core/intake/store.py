"""The area's queries. The first ones run with every update: they are put together once, and read and write columns."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from operator import itemgetter
from typing import Any, Final

from sqlalchemy import and_, bindparam, delete, exists, func, not_, or_, select, true, update

from core.intake.tables import effects, forms, inbox
from core.intake.update import FRESH, LEASE, Arrival, Job, UpdateState
from core.storage.dialect import Insert
from core.storage.memory import Memory
from core.storage.prepared import Prepared, Row

_EARLIER: Final = inbox.alias("earlier")
_IS_OPEN: Final = inbox.c.payload.is_not(None)
_HAS_TURN: Final = not_(
    exists().where(_EARLIER.c.lane == inbox.c.lane, _EARLIER.c.payload.is_not(None), _EARLIER.c.number < inbox.c.number)
)
_IN_NOBODYS_HANDS: Final = or_(inbox.c.leased_until.is_(None), inbox.c.leased_until <= bindparam("at"))
_MAY_BEGIN: Final = and_(_IS_OPEN, inbox.c.due_at <= bindparam("at"), _IN_NOBODYS_HANDS, _HAS_TURN)
_JOB: Final = (inbox.c.number, inbox.c.key, inbox.c.lane, inbox.c.payload, inbox.c.tries, inbox.c.received_at)
_LEASED: Final[dict[str, Any]] = {"seat": bindparam("taker"), "leased_until": bindparam("until")}
_NEXT: Final = (
    select(inbox.c.number)
    .where(_MAY_BEGIN, inbox.c.lane.not_in(bindparam("busy", expanding=True)))
    .order_by(inbox.c.number)
    .limit(bindparam("hands"))
    .with_for_update(skip_locked=True, of=inbox)
    .correlate(None)
)
_TAKE: Final = Prepared(update(inbox).where(inbox.c.number.in_(_NEXT)).values(_LEASED).returning(*_JOB))
_HEAD: Final = select(func.min(_EARLIER.c.number)).where(
    _EARLIER.c.lane == bindparam("own_lane"), _EARLIER.c.payload.is_not(None)
)
_TAKE_FROM_LANE: Final = Prepared(
    update(inbox)
    .where(inbox.c.number == _HEAD.scalar_subquery(), inbox.c.due_at <= bindparam("at"), _IN_NOBODYS_HANDS)
    .values(_LEASED)
    .returning(*_JOB)
)
_IN_HAND: Final = and_(inbox.c.key == bindparam("own"), _IS_OPEN, inbox.c.seat == bindparam("holder"))
_FINISH: Final = Prepared(
    update(inbox)
    .where(_IN_HAND)
    .values(state=UpdateState.DONE, payload=None, leased_until=None)
    .returning(inbox.c.lane)
)
_SET_ASIDE: Final = Prepared(
    update(inbox)
    .where(_IN_HAND)
    .values(state=UpdateState.SET_ASIDE, payload=None, leased_until=None, sealed=bindparam("words"))
    .returning(inbox.c.lane)
)
_POSTPONE: Final = Prepared(
    update(inbox)
    .where(_IN_HAND)
    .values(due_at=bindparam("due"), tries=inbox.c.tries + bindparam("more"), leased_until=None)
)
_FORMS: Final = Prepared(
    select(forms.c.lane, forms.c.name, forms.c.content).where(forms.c.lane.in_(bindparam("lanes", expanding=True)))
)
_KEEP_RESULT: Final = Prepared(
    effects.update().where(effects.c.key == bindparam("own")).values(result=bindparam("kept"))
)
_ANYTHING: Final = Prepared(select(true()).where(_MAY_BEGIN).limit(1))
_RECEIVE: Final = Prepared(lambda insert: insert(inbox).on_conflict_do_nothing(index_elements=["key"]))
_CLAIM: Final = Prepared(lambda insert: insert(effects).on_conflict_do_nothing().returning(effects.c.key))
_WRITE: Final = Prepared(lambda insert: _over(insert(forms)))
_TEAR_OUT: Final = Prepared(
    delete(forms).where(forms.c.lane == bindparam("own_lane"), forms.c.name.in_(bindparam("names", expanding=True)))
)


class IntakeStore:
    def __init__(self, memory: Memory) -> None:
        self._memory = memory

    def receive(self, arrivals: Sequence[Arrival], now: datetime) -> None:
        """Keep what came; what was there already stays as it is."""
        rows = [
            {
                "key": arrival.key,
                "lane": arrival.lane,
                "payload": arrival.payload,
                "received_at": now,
                "due_at": now,
                "state": UpdateState.WAITING,
                "tries": 0,
            }
            for arrival in arrivals
        ]
        self._memory.tell_all(_RECEIVE, rows)

    def anything_waits(self, now: datetime) -> bool:
        """Whether there is an update that somebody could begin now."""
        return self._memory.row(_ANYTHING, {"at": now}) is not None

    def backlog(self) -> tuple[int, datetime | None]:
        """How many updates wait or are at work, and since when the oldest of them has been here."""
        query = select(func.count(), func.min(inbox.c.received_at)).where(_IS_OPEN)
        [(count, since)] = self._memory.rows(query)
        return count, since

    def take(self, seat: int, hands: int, busy: Collection[str], now: datetime) -> list[Job]:
        """The oldest open update of each lane, if its time has come and nobody has it in hand: now this seat has."""
        asked = {"at": now, "hands": hands, "busy": list(busy), "taker": seat, "until": now + LEASE}
        return self._jobs(self._memory.rows(_TAKE, asked), seat)

    def take_from(self, lane: str, seat: int, now: datetime) -> Job | None:
        """The next update of a lane whose turn it is."""
        asked = {"at": now, "own_lane": lane, "taker": seat, "until": now + LEASE}
        jobs = self._jobs(self._memory.rows(_TAKE_FROM_LANE, asked), seat)
        return jobs[0] if jobs else None

    def finish(self, key: str, seat: int) -> str | None:
        """Done, and its words forgotten: they may hold a typed password. The lane; None where it is not in hand."""
        lane: str | None = self._memory.value(_FINISH, {"own": key, "holder": seat})
        return lane

    def set_aside(self, key: str, seat: int, sealed: bytes) -> bool:
        """Its words are kept under a seal, and its lane goes on; False where it is not in hand."""
        asked = {"own": key, "holder": seat, "words": sealed}
        return self._memory.value(_SET_ASIDE, asked) is not None

    def postpone(self, key: str, seat: int, due_at: datetime, counts: bool) -> None:
        """Out of hand until it is due; nothing happens where it is not in hand."""
        self._memory.tell(_POSTPONE, {"own": key, "holder": seat, "due": due_at, "more": int(counts)})

    def keep_in_hand(self, seat: int, keys: Collection[str], now: datetime) -> None:
        """These for as long again; whatever else this seat seems to have, and has not just been given, is free."""
        held = [_IS_OPEN, inbox.c.seat == seat, inbox.c.leased_until.is_not(None)]
        if keys:
            ours = inbox.c.key.in_(keys)
            self._memory.tell(update(inbox).where(*held, ours).values(leased_until=now + LEASE))
            held += [not_(ours), inbox.c.leased_until <= now + LEASE - FRESH]
        self._memory.tell(update(inbox).where(*held).values(leased_until=None))

    def other_seats(self, seat: int) -> frozenset[int]:
        """Seats, but for this one, that seem to have something in hand."""
        held = [_IS_OPEN, inbox.c.leased_until.is_not(None), inbox.c.seat != seat]
        return frozenset(self._memory.column(select(inbox.c.seat).where(*held).distinct()))

    def write_forms(self, lane: str, changed: Mapping[str, str | None]) -> None:
        """Write the forms that changed, in JSON; a form of None is gone."""
        gone = [name for name, content in changed.items() if content is None]
        if gone:
            self._memory.tell(_TEAR_OUT, {"own_lane": lane, "names": gone})
        kept = [{"lane": lane, "name": n, "content": c} for n, c in changed.items() if c is not None]
        self._memory.tell_all(_WRITE, kept)

    def claim(self, key: str, now: datetime) -> bool:
        """Whether this change has not been made before; from now on it has."""
        return self._memory.row(_CLAIM, {"key": key, "at": now}) is not None

    def keep_result(self, key: str, result: object) -> None:
        self._memory.tell(_KEEP_RESULT, {"own": key, "kept": result})

    def result(self, key: str) -> Any:
        return self._memory.value(select(effects.c.result).where(effects.c.key == key))

    def forget_before(self, moment: datetime) -> None:
        """Keys are kept for a while, and then go."""
        self._memory.tell(delete(effects).where(effects.c.at < moment))
        self._memory.tell(delete(inbox).where(inbox.c.received_at < moment, inbox.c.state == UpdateState.DONE))

    def _jobs(self, rows: Sequence[Row], seat: int) -> list[Job]:
        """In the order in which they came, with the forms of their lanes."""
        if not rows:
            return []
        contents: dict[str, dict[str, str]] = {lane: {} for _, _, lane, *_ in rows}
        for lane, name, content in self._memory.rows(_FORMS, {"lanes": list(contents)}):
            contents[lane][name] = content
        return [
            Job(key, lane, payload, tries, seat, received_at, contents[lane])
            for _, key, lane, payload, tries, received_at in sorted(rows, key=itemgetter(0))
        ]


def _over(write: Insert) -> Insert:
    """Over what stood there under the same name."""
    return write.on_conflict_do_update(index_elements=["lane", "name"], set_={"content": write.excluded.content})
