"""The area's queries."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Select, delete, func, select, update
from sqlalchemy.orm import Session

from core.intake.tables import effects, forms, inbox
from core.intake.update import Arrival, Job, StoredUpdate, UpdateState
from core.storage.dialect import insert_for


class IntakeStore:
    def __init__(self, session: Session) -> None:
        self._session = session
        self._insert = insert_for(session)

    def receive(self, arrivals: Sequence[Arrival], seat: int, now: datetime) -> None:
        """Keep what came, for the process in this seat; what was there already stays as it is."""
        rows = [
            {
                "key": arrival.key,
                "lane": arrival.lane,
                "payload": arrival.payload,
                "received_at": now,
                "due_at": now,
                "state": UpdateState.WAITING,
                "tries": 0,
                "seat": seat,
            }
            for arrival in arrivals
        ]
        self._session.execute(self._insert(inbox).on_conflict_do_nothing(index_elements=["key"]), rows)

    def next_jobs(self, busy: Collection[str], seat: int, now: datetime, limit: int) -> list[Job]:
        """The oldest waiting update of each lane that is not busy, if it is this seat's and its time has come.

        Lanes count over all seats, so that a chat's order holds across processes. Each comes with its lane's forms.
        """
        rows = self._session.execute(
            select(inbox.c.key, inbox.c.lane, inbox.c.payload, inbox.c.tries)
            .where(inbox.c.number.in_(_heads(busy)), inbox.c.seat == seat, inbox.c.due_at <= now)
            .order_by(inbox.c.number)
            .limit(limit)
        ).all()
        contents = self._forms([row.lane for row in rows])
        return [Job(row.key, row.lane, row.payload, row.tries, contents.get(row.lane, {})) for row in rows]

    def next_due(self, busy: Collection[str], seat: int) -> datetime | None:
        """When the next update that is this seat's turn comes due."""
        turn = [inbox.c.number.in_(_heads(busy)), inbox.c.seat == seat]
        return self._session.scalars(select(func.min(inbox.c.due_at)).where(*turn)).one_or_none()

    def other_seats(self, seat: int) -> frozenset[int]:
        query = select(inbox.c.seat).where(inbox.c.payload.is_not(None), inbox.c.seat != seat)
        return frozenset(self._session.scalars(query.distinct()))

    def adopt(self, left: int, seat: int) -> None:
        """What waits for the one seat waits for the other."""
        waits = [inbox.c.payload.is_not(None), inbox.c.seat == left]
        self._session.execute(update(inbox).where(*waits).values(seat=seat))

    def get_for_update(self, key: str) -> StoredUpdate:
        return self._session.scalars(select(StoredUpdate).where(inbox.c.key == key).with_for_update()).one()

    def write_forms(self, lane: str, changed: Mapping[str, Any]) -> None:
        """Write the forms that changed; a form of None is gone."""
        gone = [name for name, content in changed.items() if content is None]
        if gone:
            self._session.execute(delete(forms).where(forms.c.lane == lane, forms.c.name.in_(gone)))
        kept = [{"lane": lane, "name": n, "content": c} for n, c in changed.items() if c is not None]
        if kept:
            write = self._insert(forms)
            self._session.execute(
                write.on_conflict_do_update(index_elements=["lane", "name"], set_={"content": write.excluded.content}),
                kept,
            )

    def claim(self, key: str, now: datetime) -> bool:
        """Whether this change has not been made before; from now on it has."""
        write = self._insert(effects).values(key=key, at=now).on_conflict_do_nothing()
        return self._session.execute(write.returning(effects.c.key)).one_or_none() is not None

    def keep_result(self, key: str, result: object) -> None:
        self._session.execute(effects.update().where(effects.c.key == key).values(result=result))

    def result(self, key: str) -> Any:
        return self._session.scalars(select(effects.c.result).where(effects.c.key == key)).one()

    def forget_before(self, moment: datetime) -> None:
        """Keys are kept for a while, and then go."""
        self._session.execute(delete(effects).where(effects.c.at < moment))
        self._session.execute(delete(inbox).where(inbox.c.received_at < moment, inbox.c.state == UpdateState.DONE))

    def _forms(self, lanes: Collection[str]) -> dict[str, dict[str, Any]]:
        contents: dict[str, dict[str, Any]] = {}
        query = select(forms.c.lane, forms.c.name, forms.c.content).where(forms.c.lane.in_(lanes))
        for lane, name, content in self._session.execute(query):
            contents.setdefault(lane, {})[name] = content
        return contents


def _heads(busy: Collection[str]) -> Select[tuple[int]]:
    """The numbers of the oldest waiting updates, one for each lane that is not busy."""
    waits = [inbox.c.payload.is_not(None), inbox.c.lane.not_in(busy)]
    return select(func.min(inbox.c.number)).where(*waits).group_by(inbox.c.lane)
