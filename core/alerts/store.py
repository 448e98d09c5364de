"""The area's queries."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, or_, select, update
from sqlalchemy.orm import Session

from core.alerts.alert import Alert, AlertId, AlertState
from core.alerts.tables import alerts
from core.errors import NotFound
from core.identity.person import Person
from core.visits.visit import VisitId


class AlertStore:
    """Anybody's deed may owe an alert; only the clockwork reads them."""

    def __init__(self, session: Session, person: Person) -> None:
        self._session = session
        self._person = person

    def owe(self, alert: Alert) -> None:
        self._session.add(alert)

    def withdraw_about(self, visit_id: VisitId, now: datetime) -> None:
        """What is still owed about this visit is no longer true."""
        self._session.execute(
            update(alerts)
            .where(alerts.c.visit_id == visit_id, alerts.c.state == AlertState.WAITING)
            .values(state=AlertState.WITHDRAWN, ended_at=now)
        )

    def anything_due(self, now: datetime) -> bool:
        self._person.require_clockwork()
        return self._session.execute(select(alerts.c.id).where(*_due(now)).limit(1)).one_or_none() is not None

    def due(self, now: datetime, limit: int) -> Sequence[Alert]:
        """What is due and in nobody's hands, longest due first; for update."""
        self._person.require_clockwork()
        query = (
            select(Alert)
            .where(*_due(now))
            .order_by(alerts.c.due_at, alerts.c.id)
            .limit(limit)
            .with_for_update(skip_locked=True)
        )
        return self._session.scalars(query).all()

    def get(self, alert_id: AlertId) -> Alert:
        self._person.require_clockwork()
        alert = self._session.get(Alert, alert_id)
        if alert is None:
            raise NotFound
        return alert


def _due(now: datetime) -> list[ColumnElement[bool]]:
    in_nobodys_hands = or_(alerts.c.leased_until.is_(None), alerts.c.leased_until <= now)
    return [alerts.c.ended_at.is_(None), alerts.c.due_at <= now, in_nobodys_hands]
