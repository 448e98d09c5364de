"""The area's queries. The first ones run with every update: they are put together once, and read and write columns."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from functools import cache
from typing import Any, Final

from sqlalchemy import Executable, Row, and_, bindparam, delete, exists, func, not_, or_, select, true, update
from sqlalchemy.orm import Session

from core.intake.tables import effects, forms, inbox
from core.intake.update import FRESH, LEASE, Arrival, Job, UpdateState
from core.storage.dialect import InsertInto, insert_for

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
_TAKE: Final = update(inbox).where(inbox.c.number.in_(_NEXT)).values(_LEASED).returning(*_JOB)
_HEAD: Final = select(func.min(_EARLIER.c.number)).where(
    _EARLIER.c.lane == bindparam("own_lane"), _EARLIER.c.payload.is_not(None)
)
_TAKE_FROM_LANE: Final = (
    update(inbox)
    .where(inbox.c.number == _HEAD.scalar_subquery(), inbox.c.due_at <= bindparam("at"), _IN_NOBODYS_HANDS)
    .values(_LEASED)
    .returning(*_JOB)
)
_IN_HAND: Final = and_(inbox.c.key == bindparam("own"), _IS_OPEN, inbox.c.seat == bindparam("holder"))
_FINISH: Final = (
    update(inbox)
    .where(_IN_HAND)
    .values(state=UpdateState.DONE, payload=None, leased_until=None)
    .returning(inbox.c.lane)
)
_SET_ASIDE: Final = (
    update(inbox)
    .where(_IN_HAND)
    .values(state=UpdateState.SET_ASIDE, payload=None, leased_until=None, sealed=bindparam("words"))
    .returning(inbox.c.lane)
)
_POSTPONE: Final = (
    update(inbox)
    .where(_IN_HAND)
    .values(due_at=bindparam("due"), tries=inbox.c.tries + bindparam("more"), leased_until=None)
)
_FORMS: Final = select(forms.c.lane, forms.c.name, forms.c.content).where(
    forms.c.lane.in_(bindparam("lanes", expanding=True))
)
_KEEP_RESULT: Final = effects.update().where(effects.c.key == bindparam("own")).values(result=bindparam("kept"))
_ANYTHING: Final = select(true()).where(_MAY_BEGIN).limit(1)


class IntakeStore:
    def __init__(self, session: Session) -> None:
        self._session = session
        self._insert = insert_for(session)

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
        self._session.execute(_receiving(self._insert), rows)

    def anything_waits(self, now: datetime) -> bool:
        """Whether there is an update that somebody could begin now."""
        return self._session.execute(_ANYTHING, {"at": now}).one_or_none() is not None

    def backlog(self) -> tuple[int, datetime | None]:
        """How many updates wait or are at work, and since when the oldest of them has been here."""
        query = select(func.count(), func.min(inbox.c.received_at)).where(_IS_OPEN)
        count, since = self._session.execute(query).one()
        return count, since

    def take(self, seat: int, hands: int, busy: Collection[str], now: datetime) -> list[Job]:
        """The oldest open update of each lane, if its time has come and nobody has it in hand: now this seat has."""
        asked = {"at": now, "hands": hands, "busy": list(busy), "taker": seat, "until": now + LEASE}
        return self._jobs(self._session.execute(_TAKE, asked).all(), seat)

    def take_from(self, lane: str, seat: int, now: datetime) -> Job | None:
        """The next update of a lane whose turn it is."""
        asked = {"at": now, "own_lane": lane, "taker": seat, "until": now + LEASE}
        jobs = self._jobs(self._session.execute(_TAKE_FROM_LANE, asked).all(), seat)
        return jobs[0] if jobs else None

    def finish(self, key: str, seat: int) -> str | None:
        """Done, and its words forgotten: they may hold a typed password. The lane; None where it is not in hand."""
        return self._session.scalars(_FINISH, {"own": key, "holder": seat}).one_or_none()

    def set_aside(self, key: str, seat: int, sealed: bytes) -> bool:
        """Its words are kept under a seal, and its lane goes on; False where it is not in hand."""
        asked = {"own": key, "holder": seat, "words": sealed}
        return self._session.scalars(_SET_ASIDE, asked).one_or_none() is not None

    def postpone(self, key: str, seat: int, due_at: datetime, counts: bool) -> None:
        """Out of hand until it is due; nothing happens where it is not in hand."""
        self._session.execute(_POSTPONE, {"own": key, "holder": seat, "due": due_at, "more": int(counts)})

    def keep_in_hand(self, seat: int, keys: Collection[str], now: datetime) -> None:
        """These for as long again; whatever else this seat seems to have, and has not just been given, is free."""
        held = [_IS_OPEN, inbox.c.seat == seat, inbox.c.leased_until.is_not(None)]
        if keys:
            ours = inbox.c.key.in_(keys)
            self._session.execute(update(inbox).where(*held, ours).values(leased_until=now + LEASE))
            held += [not_(ours), inbox.c.leased_until <= now + LEASE - FRESH]
        self._session.execute(update(inbox).where(*held).values(leased_until=None))

    def other_seats(self, seat: int) -> frozenset[int]:
        """Seats, but for this one, that seem to have something in hand."""
        held = [_IS_OPEN, inbox.c.leased_until.is_not(None), inbox.c.seat != seat]
        return frozenset(self._session.scalars(select(inbox.c.seat).where(*held).distinct()))

    def write_forms(self, lane: str, changed: Mapping[str, Any]) -> None:
        """Write the forms that changed; a form of None is gone."""
        gone = [name for name, content in changed.items() if content is None]
        if gone:
            self._session.execute(delete(forms).where(forms.c.lane == lane, forms.c.name.in_(gone)))
        kept = [{"lane": lane, "name": n, "content": c} for n, c in changed.items() if c is not None]
        if kept:
            self._session.execute(_writing(self._insert), kept)

    def claim(self, key: str, now: datetime) -> bool:
        """Whether this change has not been made before; from now on it has."""
        return self._session.execute(_claiming(self._insert), {"key": key, "at": now}).one_or_none() is not None

    def keep_result(self, key: str, result: object) -> None:
        self._session.execute(_KEEP_RESULT, {"own": key, "kept": result})

    def result(self, key: str) -> Any:
        return self._session.scalars(select(effects.c.result).where(effects.c.key == key)).one()

    def forget_before(self, moment: datetime) -> None:
        """Keys are kept for a while, and then go."""
        self._session.execute(delete(effects).where(effects.c.at < moment))
        self._session.execute(delete(inbox).where(inbox.c.received_at < moment, inbox.c.state == UpdateState.DONE))

    def _jobs(self, rows: Sequence[Row[Any]], seat: int) -> list[Job]:
        """In the order in which they came, with the forms of their lanes."""
        if not rows:
            return []
        contents: dict[str, dict[str, Any]] = {row.lane: {} for row in rows}
        for lane, name, content in self._session.execute(_FORMS, {"lanes": list(contents)}):
            contents[lane][name] = content
        in_order = sorted(rows, key=lambda row: row.number)
        return [
            Job(row.key, row.lane, row.payload, row.tries, seat, row.received_at, contents[row.lane])
            for row in in_order
        ]


@cache
def _receiving(insert: InsertInto) -> Executable:
    return insert(inbox).on_conflict_do_nothing(index_elements=["key"])


@cache
def _claiming(insert: InsertInto) -> Executable:
    return insert(effects).on_conflict_do_nothing().returning(effects.c.key)


@cache
def _writing(insert: InsertInto) -> Executable:
    write = insert(forms)
    return write.on_conflict_do_update(index_elements=["lane", "name"], set_={"content": write.excluded.content})
