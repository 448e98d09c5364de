"""One tick: claim what is due, judge each alert anew, word it, carry it, write down how it ended."""

import asyncio
from collections.abc import Iterator
from datetime import timedelta
from typing import Final

import structlog

from core.alerts.alert import AlertId, AlertState
from core.alerts.claim_due_alerts import claim_due_alerts
from core.alerts.put_back_alert import put_back_alert
from core.alerts.questions import anything_due, letter_of
from core.alerts.settle_alert import settle_alert
from core.clinic import Clinic
from core.errors import DatabaseLost
from core.identity.note_reachability import note_reachability
from jobs.telegram_courier import Delivery, TelegramCourier
from jobs.wording import word
from locales.translator import Translators, choose_language

BATCH: Final = 64
CARRIERS: Final = 8
TRY_AGAIN: Final = timedelta(seconds=10)


class AlertSender:
    def __init__(self, clinic: Clinic, courier: TelegramCourier, translators: Translators) -> None:
        self._clinic = clinic.clockwork
        self._courier = courier
        self._translators = translators
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
                and await self._clinic.read(anything_due)
                and (claimed := await self._clinic(claim_due_alerts, BATCH))
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
                    await self._clinic(put_back_alert, AlertId(alert_id), self._clinic.clock.now(), True)
                else:
                    await self._carry(AlertId(alert_id))
            except Exception as trouble:
                # One bad alert must not silence the others; its lease runs out, and it is looked at again.
                structlog.get_logger().exception("alert.crashed", kind=type(trouble).__name__)

    async def _carry(self, alert_id: AlertId) -> None:
        letter = await self._clinic.read(letter_of, alert_id)
        if not letter.true:
            await self._clinic(settle_alert, alert_id, AlertState.WITHDRAWN)
            return
        to = letter.destination
        if to is None or not to.reachable:
            await self._clinic(settle_alert, alert_id, AlertState.UNREACHABLE)
            return
        facility, now = self._clinic.facility, self._clinic.clock.now()
        speech = self._translators.speak(choose_language(to.language), zone=facility.timezone, now=now)
        message = word(letter, speech)
        delivery = await self._courier.carry(to.chat_id, message)
        structlog.get_logger().info("alert.carried", kind=letter.kind.value, delivery=delivery.name.lower())
        match delivery:
            case Delivery.SENT:
                await self._clinic(settle_alert, alert_id, AlertState.SENT)
            case Delivery.NOT_YET:
                await self._clinic(put_back_alert, alert_id, now + TRY_AGAIN, True)
            case Delivery.MAYBE:
                await self._clinic(put_back_alert, alert_id, now + TRY_AGAIN, False)
            case Delivery.BLOCKED:
                await self._clinic(note_reachability, to.chat_id, False)
                await self._clinic(settle_alert, alert_id, AlertState.UNREACHABLE)
            case Delivery.REFUSED:
                await self._clinic(settle_alert, alert_id, AlertState.REFUSED)
