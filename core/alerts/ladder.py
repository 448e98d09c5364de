"""Telegram, then SMS, then e-mail, then people: what one channel could not deliver, the next one may."""

from collections.abc import Iterator
from typing import Final

from core.alerts.alert import Alert
from core.alerts.owed import MAY_TAKE, by_channel, email_bounced
from core.facility.profile import Channel
from core.identity.account import Account, SmsWish
from core.support.case import CaseKind, about_message, about_visit
from core.transaction import Transaction

REFUSED: Final = "{kind} by {channel}, answer {reason}"
UNCERTAIN: Final = "{kind} by {channel}, no answer"
NO_REASON: Final = "unknown"


class Ladder:
    """Works inside the transaction in which a failure is written down."""

    def __init__(self, tx: Transaction) -> None:
        self._tx = tx

    def step_down(self, alert: Alert) -> None:
        """Owe the matter by the next channel that was not tried, unless another one took it, or will.

        Then it is for people. A letter that could not be delivered is told of in the chat.
        """
        tx = self._tx
        account = tx.accounts.get(alert.account_id)
        if alert.channel is Channel.EMAIL:
            tx.alerts.owe(email_bounced(alert, account, tx.now, tx.new_id))
        if tx.alerts.is_told_otherwise(alert):
            return
        for channel in self._others(alert, account):
            if tx.alerts.owe_again(by_channel(alert, channel, tx.now, tx.new_id)):
                return
        if alert.visit_id is not None:
            tx.cases.open(about_visit(tx.new_id(), CaseKind.NOBODY_REACHED, alert.visit_id, alert.matter, tx.now))

    def leave_to_people(self, alert: Alert, reason: str) -> None:
        """What a carrier refuses for good is looked at by somebody, though another channel may deliver it: the fault
        may be ours. One case a message.
        """
        note = REFUSED.format(kind=alert.kind.value, channel=alert.channel.value, reason=reason or NO_REASON)
        self._open(CaseKind.DEAD_LETTER, alert, note)

    def leave_in_doubt(self, alert: Alert) -> None:
        """Sent twice without an answer: a third time would be worse than silence, and somebody has to know."""
        self._open(CaseKind.UNCERTAIN, alert, UNCERTAIN.format(kind=alert.kind.value, channel=alert.channel.value))

    def _open(self, kind: CaseKind, alert: Alert, note: str) -> None:
        tx = self._tx
        tx.cases.open(
            about_message(tx.new_id(), kind, alert.dedupe_key, alert.account_id, alert.visit_id, note, tx.now)
        )

    def _others(self, alert: Alert, account: Account) -> Iterator[Channel]:
        """In the ladder's order, from its top: an e-mail that was sent beside a message may have failed later."""
        for channel in MAY_TAKE[alert.kind]:
            unwished = channel is Channel.SMS and account.sms_reminders is SmsWish.NEVER
            if channel is not alert.channel and channel in self._tx.facility.alerts.channels and not unwished:
                yield channel
