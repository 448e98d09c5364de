"""The area's queries."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import ColumnElement, delete, or_, select, update
from sqlalchemy.orm import Session

from core.alerts.alert import Alert, AlertId, AlertKind, AlertState, Receipt
from core.alerts.tables import alerts, postings
from core.errors import NotFound
from core.facility.profile import Channel
from core.identity.person import AccountId, Person
from core.storage.dialect import insert_for
from core.visits.visit import VisitId

DAY: Final = timedelta(days=1)
MAY_CHANGE: Final = (AlertState.WAITING, AlertState.WITHDRAWN)


class AlertStore:
    """Anybody's deed may owe an alert; only the clockwork reads them."""

    def __init__(self, session: Session, person: Person) -> None:
        self._session = session
        self._person = person
        self._insert = insert_for(session)

    def owe(self, *owed: Alert) -> bool:
        """Owe these, each matter once a channel; whether any of them is new."""
        if not owed:
            return False
        rows = [{column.name: getattr(alert, column.name) for column in alerts.columns} for alert in owed]
        write = self._insert(alerts).on_conflict_do_nothing(index_elements=["dedupe_key"]).returning(alerts.c.id)
        return bool(self._session.execute(write, rows).all())

    def owe_again(self, alert: Alert) -> bool:
        """Owe it, though it was withdrawn before, as the SMS of somebody who wished for none beside the message.

        Returns whether that is anything new.
        """
        withdrawn = [alerts.c.dedupe_key == alert.dedupe_key, alerts.c.state == AlertState.WITHDRAWN]
        write = update(alerts).where(*withdrawn).values(state=AlertState.WAITING, due_at=alert.due_at, ended_at=None)
        return self.owe(alert) or bool(self._session.execute(write.returning(alerts.c.id)).all())

    def withdraw_about(self, visit_id: VisitId, now: datetime) -> None:
        """What is still owed about this visit is no longer true."""
        self._withdraw(alerts.c.visit_id == visit_id, now=now)

    def withdraw_letters(self, account_id: AccountId, now: datetime) -> None:
        """Login data that were not sent yet are not wanted any more."""
        self._withdraw(alerts.c.account_id == account_id, alerts.c.sealed.is_not(None), now=now)

    def replan(self, account_id: AccountId, wanted: Sequence[Alert], now: datetime) -> None:
        """Make the account's reminders what they should be now: others go, late ones come earlier, gone ones return.

        What was sent stays sent. What would have been due by now is not owed anew, and what is left of it waits on.
        """
        ahead = [alert for alert in wanted if alert.due_at > now]
        keys = [alert.dedupe_key for alert in wanted]
        unwanted = alerts.c.dedupe_key.not_in(keys)
        self._withdraw(alerts.c.account_id == account_id, alerts.c.day.is_not(None), unwanted, now=now)
        self.owe(*ahead)
        for alert in ahead:
            self._session.execute(
                update(alerts)
                .where(alerts.c.dedupe_key == alert.dedupe_key, alerts.c.state.in_(MAY_CHANGE))
                .values(state=AlertState.WAITING, due_at=alert.due_at, ended_at=None)
            )

    def anything_due(self, channel: Channel, now: datetime) -> bool:
        self._person.require_clockwork()
        return self._session.execute(select(alerts.c.id).where(*_due(channel, now)).limit(1)).one_or_none() is not None

    def due(self, channel: Channel, now: datetime, limit: int) -> Sequence[Alert]:
        """What is due and in nobody's hands, longest due first; for update. What one person is owed stays together."""
        self._person.require_clockwork()
        query = (
            select(Alert)
            .where(*_due(channel, now))
            .order_by(alerts.c.due_at, alerts.c.account_id, alerts.c.id)
            .limit(limit)
            .with_for_update(skip_locked=True)
        )
        found = self._session.scalars(query).all()
        if len(found) < limit:
            return found
        return [alert for alert in found if alert.account_id != found[-1].account_id] or found

    def in_hands(self, alert_id: AlertId) -> Sequence[Alert]:
        """The alert and those that are carried in its message; refuses with NotFound."""
        self._person.require_clockwork()
        query = select(Alert).where(or_(alerts.c.id == alert_id, alerts.c.carried_with == alert_id))
        found = self._session.scalars(query.order_by(alerts.c.id)).all()
        if not found:
            raise NotFound
        return found

    def is_told_otherwise(self, alert: Alert) -> bool:
        """Whether another channel took the same matter, or has it still to carry."""
        keys = [f"{alert.matter}:{channel}" for channel in Channel if channel is not alert.channel]
        carried = or_(alerts.c.ended_at.is_(None), alerts.c.state.in_([AlertState.SENT, AlertState.UNCERTAIN]))
        query = select(alerts.c.id).where(alerts.c.dedupe_key.in_(keys), carried)
        return self._session.execute(query.limit(1)).one_or_none() is not None

    def letters_owed(self, account_id: AccountId, now: datetime) -> Sequence[datetime]:
        """When the account was owed login data, within the last day."""
        letters = [alerts.c.account_id == account_id, alerts.c.kind == AlertKind.CREDENTIALS]
        return self._session.scalars(select(alerts.c.owed_at).where(*letters, alerts.c.owed_at > now - DAY)).all()

    def keep_postings(self, alert_id: AlertId, message_ids: Iterable[str], now: datetime) -> Receipt | None:
        """Remember under which names a carrier took the alert; what the receipts say that came before us."""
        for message_id in message_ids:
            self._posting(message_id, now, alert_id=alert_id)
        return self.receipt_of(alert_id)

    def note_receipt(self, message_id: str, delivered: bool, now: datetime) -> AlertId | None:
        """Keep a receipt; returns whose it is, if that is known by now."""
        self._person.require_clockwork()
        receipt = Receipt.DELIVERED if delivered else Receipt.FAILED
        self._posting(message_id, now, receipt=receipt)
        query = select(postings.c.alert_id).where(postings.c.message_id == message_id)
        found = self._session.scalars(query).one()
        return None if found is None else AlertId(found)

    def receipt_of(self, alert_id: AlertId) -> Receipt | None:
        """Of all parts of the alert's message: lost where one is lost, delivered where all are."""
        said = self._session.scalars(select(postings.c.receipt).where(postings.c.alert_id == alert_id)).all()
        if Receipt.FAILED in said:
            return Receipt.FAILED
        return Receipt.DELIVERED if said and None not in said else None

    def forget_postings_before(self, moment: datetime) -> None:
        self._session.execute(delete(postings).where(postings.c.at < moment))

    def _withdraw(self, *which: ColumnElement[bool], now: datetime) -> None:
        self._session.execute(
            update(alerts)
            .where(*which, alerts.c.state == AlertState.WAITING)
            .values(state=AlertState.WITHDRAWN, ended_at=now, sealed=None)
        )

    def _posting(self, message_id: str, now: datetime, **facts: Any) -> None:
        """Receipt and name come in either order, and either is kept."""
        write = self._insert(postings).values(message_id=message_id, at=now, **facts)
        self._session.execute(write.on_conflict_do_update(index_elements=["message_id"], set_=facts))


def _due(channel: Channel, now: datetime) -> list[ColumnElement[bool]]:
    in_nobodys_hands = or_(alerts.c.leased_until.is_(None), alerts.c.leased_until <= now)
    return [alerts.c.ended_at.is_(None), alerts.c.channel == channel, alerts.c.due_at <= now, in_nobodys_hands]
