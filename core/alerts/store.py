"""The area's queries."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from functools import cache
from typing import Any, Final

from sqlalchemy import (
    ColumnElement,
    Executable,
    FromClause,
    String,
    and_,
    bindparam,
    delete,
    func,
    or_,
    select,
    tuple_,
    type_coerce,
    update,
)
from sqlalchemy.orm import Session

from core.alerts.alert import SETBACKS_IN_ORDER, Alert, AlertId, AlertKind, AlertState, Receipt
from core.alerts.tables import alerts, pauses, postings
from core.errors import NotFound
from core.facility.profile import Channel
from core.identity.person import AccountId, Person
from core.identity.tables import accounts
from core.storage.dialect import InsertInto, insert_for
from core.visits.visit import VisitId

DAY: Final = timedelta(days=1)
MAY_CHANGE: Final = (AlertState.WAITING, AlertState.WITHDRAWN)

another: Final = alerts.alias("another")


def _named(table: FromClause) -> ColumnElement[str]:
    """The channel, spelt so that no index is chosen by it: what one person is owed is found by the person."""
    return type_coerce(table.c.channel, String).concat("")


def _may_be_taken(table: FromClause) -> ColumnElement[bool]:
    return or_(table.c.leased_until.is_(None), table.c.leased_until <= bindparam("now"))


def _no_other(which: ColumnElement[bool]) -> ColumnElement[bool]:
    """Whether the same person is owed no alert on the same channel that is one of these.

    Not spelt as NOT EXISTS: PostgreSQL would compare all that is owed with all that is owed, instead of stopping early.
    """
    same = [another.c.account_id == alerts.c.account_id, _named(another) == _named(alerts)]
    one = select(another.c.id).where(*same, another.c.ended_at.is_(None), which).limit(1)
    return one.correlate(alerts).scalar_subquery().is_(None)


_IN_TURN: Final = tuple_(alerts.c.due_at, alerts.c.owed_at, alerts.c.id)
_IS_OPEN: Final = and_(alerts.c.ended_at.is_(None), alerts.c.due_at <= bindparam("now"), _may_be_taken(alerts))
_IS_DUE: Final = and_(alerts.c.channel == bindparam("channel"), _IS_OPEN)
_IN_HAND: Final = or_(another.c.state == AlertState.LEASED, another.c.setbacks.between(1, SETBACKS_IN_ORDER))
# In a courier's hands, or to be tried again in a moment.
_HOLDS_BACK: Final = and_(another.c.leased_until > bindparam("now"), _IN_HAND)
_COMES_BEFORE: Final = and_(
    _may_be_taken(another), tuple_(another.c.due_at, another.c.owed_at, another.c.id) < _IN_TURN
)
# Put together once: every message asks them, and every half second.
_ANYTHING: Final = select(alerts.c.id).where(_IS_DUE, _no_other(_HOLDS_BACK)).limit(1)
_WHOSE: Final = (
    select(alerts.c.account_id)
    .join(accounts, accounts.c.id == alerts.c.account_id)
    .where(_IS_DUE, _no_other(or_(_HOLDS_BACK, _COMES_BEFORE)))
    .order_by(alerts.c.due_at)
    .limit(bindparam("limit"))
    .with_for_update(of=accounts, key_share=True, skip_locked=True)
)
_THEIRS: Final = (
    select(Alert)
    .where(alerts.c.account_id.in_(bindparam("people", expanding=True)), _named(alerts) == bindparam("named"), _IS_OPEN)
    .where(_no_other(_HOLDS_BACK))
    .order_by(alerts.c.due_at, alerts.c.owed_at, alerts.c.id)
    .with_for_update(skip_locked=True, of=alerts)
)
_IN_HANDS: Final = (
    select(Alert)
    .where(or_(alerts.c.id == bindparam("lead"), alerts.c.carried_with == bindparam("lead")))
    .order_by(alerts.c.id)
)
_RECEIPTS: Final = select(postings.c.receipt).where(postings.c.alert_id == bindparam("alert"))


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
        return bool(self._session.execute(_owing(self._insert), rows).all())

    def owe_again(self, alert: Alert) -> bool:
        """Owe it, though it was withdrawn before, as the SMS of somebody who wished for none beside the message.

        Returns whether that is anything new.
        """
        withdrawn = [alerts.c.dedupe_key == alert.dedupe_key, alerts.c.state == AlertState.WITHDRAWN]
        anew = {"state": AlertState.WAITING, "due_at": alert.due_at, "leased_until": None, "ended_at": None}
        write = update(alerts).where(*withdrawn).values(anew)
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
                .values(state=AlertState.WAITING, due_at=alert.due_at, leased_until=None, ended_at=None)
            )

    def anything_due(self, channel: Channel, now: datetime) -> bool:
        self._person.require_clockwork()
        return self._session.execute(_ANYTHING, {"channel": channel, "now": now}).one_or_none() is not None

    def overdue(self, now: datetime) -> dict[Channel, tuple[int, datetime]]:
        """How many alerts of each channel should have left by now, and since when the first of them."""
        self._person.require_clockwork()
        query = select(alerts.c.channel, func.count(), func.min(alerts.c.due_at))
        not_resting = or_(alerts.c.state == AlertState.LEASED, _may_be_taken(alerts))
        # Each channel is named, or all that is owed on coming days would be looked through.
        late = [alerts.c.ended_at.is_(None), alerts.c.channel.in_(list(Channel)), alerts.c.due_at <= now, not_resting]
        rows = self._session.execute(query.where(*late).group_by(alerts.c.channel), {"now": now})
        return {channel: (count, since) for channel, count, since in rows}

    def due(self, channel: Channel, now: datetime, limit: int) -> list[list[Alert]]:
        """What is due to so many people, longest due first, each one's in order; for update.

        The person is locked before the alerts are looked at: two processes never share out what one person is owed.
        """
        self._person.require_clockwork()
        asked = {"channel": channel, "now": now, "limit": limit}
        owed: dict[AccountId, list[Alert]] = {account: [] for account in self._session.scalars(_WHOSE, asked)}
        asked = {"people": list(owed), "named": channel.value, "now": now}
        for alert in self._session.scalars(_THEIRS, asked) if owed else ():
            owed[alert.account_id].append(alert)
        return list(owed.values())

    def in_hands(self, alert_id: AlertId) -> Sequence[Alert]:
        """The alert and those that are carried in its message; refuses with NotFound."""
        self._person.require_clockwork()
        found = self._session.scalars(_IN_HANDS, {"lead": alert_id}).all()
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
        said = self._session.scalars(_RECEIPTS, {"alert": alert_id}).all()
        if Receipt.FAILED in said:
            return Receipt.FAILED
        return Receipt.DELIVERED if said and None not in said else None

    def forget_postings_before(self, moment: datetime) -> None:
        self._session.execute(delete(postings).where(postings.c.at < moment))

    def note_pause(self, carrier: str, until: datetime) -> None:
        """Everybody waits for this carrier until then, or longer where somebody was told so before."""
        write = self._insert(pauses).values(carrier=carrier, until=until)
        longer = write.excluded.until > pauses.c.until
        self._session.execute(
            write.on_conflict_do_update(index_elements=["carrier"], set_={"until": write.excluded.until}, where=longer)
        )

    def pause_until(self, carrier: str) -> datetime | None:
        self._person.require_clockwork()
        return self._session.scalars(select(pauses.c.until).where(pauses.c.carrier == carrier)).one_or_none()

    def _withdraw(self, *which: ColumnElement[bool], now: datetime) -> None:
        self._session.execute(
            update(alerts)
            .where(*which, alerts.c.state == AlertState.WAITING)
            .values(state=AlertState.WITHDRAWN, ended_at=now, leased_until=None, sealed=None)
        )

    def _posting(self, message_id: str, now: datetime, **facts: Any) -> None:
        """Receipt and name come in either order, and either is kept."""
        write = self._insert(postings).values(message_id=message_id, at=now, **facts)
        self._session.execute(write.on_conflict_do_update(index_elements=["message_id"], set_=facts))


@cache
def _owing(insert: InsertInto) -> Executable:
    return insert(alerts).on_conflict_do_nothing(index_elements=["dedupe_key"]).returning(alerts.c.id)
