from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import ColumnElement, delete, func, or_, select, update

from core.alerts.alert import Alert, AlertId, AlertKind, AlertState, Receipt
from core.alerts.store.statements import (
    ANYTHING,
    IN_HANDS,
    IS_WAITING,
    PAUSE,
    PAUSE_UNTIL,
    RECEIPTS,
    THEIRS,
    WHOSE,
    WITHDRAW,
    WITHDRAW_ABOUT,
    may_be_taken,
    numbered,
    owing,
)
from core.alerts.tables import alerts, postings
from core.errors import NotFound
from core.facility.profile import Channel
from core.identity.person import AccountId, Person
from core.storage.memory import Memory
from core.visits.visit import VisitId

DAY: Final = timedelta(days=1)
MAY_CHANGE: Final = (AlertState.WAITING, AlertState.WITHDRAWN)


class AlertStore:
    """Anybody's deed may owe an alert; only the clockwork reads them."""

    def __init__(self, memory: Memory, person: Person) -> None:
        self._memory = memory
        self._person = person

    def owe(self, *owed: Alert) -> bool:
        """Owe these, each matter once a channel; whether any of them is new."""
        if not owed:
            return False
        return bool(self._memory.rows(owing(len(owed)), numbered(owed)))

    def owe_again(self, alert: Alert) -> bool:
        """Owe it, though it was withdrawn before, as the SMS of somebody who wished for none beside the message.

        Returns whether that is anything new.
        """
        withdrawn = [alerts.c.dedupe_key == alert.dedupe_key, alerts.c.state == AlertState.WITHDRAWN]
        anew = {"state": AlertState.WAITING, "due_at": alert.due_at, "leased_until": None, "ended_at": None}
        write = update(alerts).where(*withdrawn).values(anew)
        return self.owe(alert) or self._memory.row(write.returning(alerts.c.id)) is not None

    def withdraw_about(self, visit_id: VisitId, now: datetime) -> None:
        """What is still owed about this visit is no longer true."""
        self._memory.tell(WITHDRAW_ABOUT, {"visit": visit_id, "now": now})

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
            self._memory.tell(
                update(alerts)
                .where(alerts.c.dedupe_key == alert.dedupe_key, alerts.c.state.in_(MAY_CHANGE))
                .values(state=AlertState.WAITING, due_at=alert.due_at, leased_until=None, ended_at=None)
            )

    def anything_due(self, channel: Channel, now: datetime) -> bool:
        self._person.require_clockwork()
        return self._memory.row(ANYTHING, {"channel": channel, "now": now}) is not None

    def overdue(self, now: datetime) -> dict[Channel, tuple[int, datetime]]:
        """How many alerts of each channel should have left by now, and since when the first of them."""
        self._person.require_clockwork()
        query = select(alerts.c.channel, func.count(), func.min(alerts.c.due_at))
        not_resting = or_(alerts.c.state == AlertState.LEASED, may_be_taken(alerts))
        # Each channel is named, or all that is owed on coming days would be looked through.
        late = [alerts.c.ended_at.is_(None), alerts.c.channel.in_(list(Channel)), alerts.c.due_at <= now, not_resting]
        rows = self._memory.rows(query.where(*late).group_by(alerts.c.channel), {"now": now})
        return {channel: (count, since) for channel, count, since in rows}

    def due(self, channel: Channel, now: datetime, limit: int) -> list[list[Alert]]:
        """What is due to so many people, longest due first, each one's in order; for update.

        The person is locked before the alerts are looked at: two processes never share out what one person is owed.
        """
        self._person.require_clockwork()
        asked = {"channel": channel, "now": now, "limit": limit}
        owed: dict[AccountId, list[Alert]] = {account: [] for account in self._memory.column(WHOSE, asked)}
        asked = {"people": list(owed), "named": channel.value, "now": now}
        for alert in self._memory.things(Alert, THEIRS, asked) if owed else ():
            owed[alert.account_id].append(alert)
        return list(owed.values())

    def in_hands(self, leads: Sequence[AlertId]) -> dict[AlertId, list[Alert]]:
        """Each of these alerts, with those that are carried in its message; refuses with NotFound."""
        self._person.require_clockwork()
        together: dict[AlertId, list[Alert]] = {lead: [] for lead in leads}
        for alert in self._memory.things(Alert, IN_HANDS, {"leads": leads}):
            for lead in together.keys() & {alert.id, alert.carried_with}:
                together[lead].append(alert)
        if not all(together.values()):
            raise NotFound
        return together

    def is_told_otherwise(self, alert: Alert) -> bool:
        """Whether another channel took the same matter, or has it still to carry."""
        keys = [f"{alert.matter}:{channel}" for channel in Channel if channel is not alert.channel]
        carried = or_(alerts.c.ended_at.is_(None), alerts.c.state.in_([AlertState.SENT, AlertState.UNCERTAIN]))
        query = select(alerts.c.id).where(alerts.c.dedupe_key.in_(keys), carried)
        return self._memory.row(query.limit(1)) is not None

    def letters_owed(self, account_id: AccountId, now: datetime) -> Sequence[datetime]:
        """When the account was owed login data, within the last day."""
        letters = [alerts.c.account_id == account_id, alerts.c.kind == AlertKind.CREDENTIALS]
        return self._memory.column(select(alerts.c.owed_at).where(*letters, alerts.c.owed_at > now - DAY))

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
        found = self._memory.value(query)
        return None if found is None else AlertId(found)

    def receipt_of(self, alert_id: AlertId) -> Receipt | None:
        """Of all parts of the alert's message: lost where one is lost, delivered where all are."""
        said = self._memory.column(RECEIPTS, {"alert": alert_id})
        if Receipt.FAILED in said:
            return Receipt.FAILED
        return Receipt.DELIVERED if said and None not in said else None

    def forget_postings_before(self, moment: datetime) -> None:
        self._memory.tell(delete(postings).where(postings.c.at < moment))

    def note_pause(self, carrier: str, until: datetime) -> None:
        """Everybody waits for this carrier until then, or longer where somebody was told so before."""
        self._memory.tell(PAUSE, {"carrier": carrier, "until": until})

    def pause_until(self, carrier: str) -> datetime | None:
        self._person.require_clockwork()
        until: datetime | None = self._memory.value(PAUSE_UNTIL, {"carrier": carrier})
        return until

    def _withdraw(self, *which: ColumnElement[bool], now: datetime) -> None:
        self._memory.tell(WITHDRAW.where(*which, IS_WAITING), {"now": now})

    def _posting(self, message_id: str, now: datetime, **facts: Any) -> None:
        """Receipt and name come in either order, and either is kept."""
        write = self._memory.insert(postings).values(message_id=message_id, at=now, **facts)
        self._memory.tell(write.on_conflict_do_update(index_elements=["message_id"], set_=facts))
