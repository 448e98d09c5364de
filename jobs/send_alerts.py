"""One tick: claim what is due on a channel, judge each alert anew, carry it, write down how it ended."""

import asyncio
from collections.abc import Callable, Iterator
from typing import Final, TypeAlias

import structlog

from core.alerts.alert import AlertId, AlertState
from core.alerts.claim_due_alerts import claim_due_alerts
from core.alerts.put_back_alert import put_back_alert
from core.alerts.questions import anything_due, letter_of
from core.alerts.settle_alert import settle_alert
from core.clinic import Clinic
from core.errors import DatabaseLost
from core.facility.profile import Channel
from core.identity.note_reachability import note_reachability
from jobs.courier import Courier, Delivery
from locales.translator import Translators, choose_language

CARRIERS: Final = 8
# Nothing may wait for a carrier until its lease runs out: a letter takes up to 45 seconds where a server is slow.
BATCHES: Final = {Channel.TELEGRAM: 32, Channel.SMS: CARRIERS, Channel.EMAIL: CARRIERS}
WITHDRAWN: Final = "withdrawn"
ENDS: Final = {
    Delivery.SENT: AlertState.SENT,
    Delivery.BLOCKED: AlertState.UNREACHABLE,
    Delivery.REFUSED: AlertState.REFUSED,
}

Note: TypeAlias = Callable[[str, str], None]


def unnoted(channel: str, outcome: str) -> None:
    """Where nobody counts."""


def at_once() -> bool:
    return True


class AlertSender:
    """One a channel, so that a mail server which answers slowly keeps nobody's chat waiting.

    `note` hears of each alert that was in hand: its channel, and what became of it. `soon` says whether anything may
    leave by now: what could not would only wait in a carrier's hands.
    """

    def __init__(
        self,
        clinic: Clinic,
        channel: Channel,
        courier: Courier,
        translators: Translators,
        note: Note = unnoted,
        soon: Callable[[], bool] = at_once,
    ) -> None:
        self._clinic = clinic.clockwork
        self._channel = channel
        self._courier = courier
        self._translators = translators
        self._note = note
        self._soon = soon
        self._at_work = asyncio.Lock()
        self._stopping = False

    async def stop(self) -> None:
        """Return when nothing is in a courier's hands any more; what was not sent stays owed."""
        self._stopping = True
        async with self._at_work:
            return

    async def tick(self) -> None:
        """Send everything that is due now; what cannot be sent stays owed."""
        async with self._at_work:
            await self._send_due()

    async def _send_due(self) -> None:
        try:
            while (
                not self._stopping
                and self._soon()
                and await self._clinic.read(anything_due, self._channel)
                and (claimed := await self._clinic(claim_due_alerts, self._channel, BATCHES[self._channel]))
            ):
                waiting = iter(claimed)
                async with asyncio.TaskGroup() as carriers:
                    for _ in range(CARRIERS):
                        carriers.create_task(self._carry_from(waiting))
        except DatabaseLost as trouble:
            structlog.get_logger().warning("alerts.trouble", kind=str(trouble))

    async def _carry_from(self, waiting: Iterator[int]) -> None:
        for alert_id in waiting:
            try:
                if self._stopping:
                    await self._clinic(put_back_alert, AlertId(alert_id), True)
                else:
                    await self._carry(AlertId(alert_id))
            except Exception as trouble:
                # One bad alert must not silence the others; its lease runs out, and it is looked at again.
                structlog.get_logger().exception("alert.crashed", kind=type(trouble).__name__)

    async def _carry(self, alert_id: AlertId) -> None:
        letter = await self._clinic.read(letter_of, alert_id)
        if not letter.true:
            await self._clinic(settle_alert, alert_id, AlertState.WITHDRAWN)
            self._note(self._channel.value, WITHDRAWN)
            return
        facility, now = self._clinic.facility, self._clinic.clock.now()
        language = choose_language(letter.reader.language)
        carried = await self._courier.carry(letter, self._translators.speak(language, zone=facility.timezone, now=now))
        delivery = carried.delivery
        self._note(self._channel.value, delivery.name.lower())
        structlog.get_logger().info(
            "alert.carried", kind=letter.kind.value, channel=letter.channel.value, delivery=delivery.name.lower()
        )
        if delivery is Delivery.BLOCKED and letter.channel is Channel.TELEGRAM and letter.reader.chat_id is not None:
            await self._clinic(note_reachability, letter.reader.chat_id, False)
        if delivery in ENDS:
            await self._clinic(settle_alert, alert_id, ENDS[delivery], carried.posted, carried.reason)
        else:
            await self._clinic(put_back_alert, alert_id, delivery is Delivery.NOT_YET)
