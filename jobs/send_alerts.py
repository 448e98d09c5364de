"""One tick: claim what is due on a channel, judge each alert anew, carry it, write down how it ended."""

import asyncio
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

import structlog

from core.alerts.alert import AlertId, AlertState
from core.alerts.claim_due_alerts import claim_due_alerts
from core.alerts.pace import HANDFUL
from core.alerts.put_back_alert import put_back_alert
from core.alerts.questions import Letter, anything_due, letters_of
from core.alerts.settle_alerts import Ending, settle_alerts
from core.clinic import Clinic
from core.errors import DatabaseLost
from core.facility.profile import Channel
from core.identity.note_reachability import note_reachability
from jobs.courier import Courier, Delivery
from locales.translator import Translators, choose_language


@dataclass(frozen=True, slots=True)
class Round:
    """How many alerts are claimed at once, by how many carriers, and how many each of them takes in one go."""

    claimed: int
    carriers: int
    handful: int


# Nothing may wait for a carrier until its lease runs out: a letter takes up to 45 seconds where a server is slow.
# A kill repeats the handfuls in hand, once.
ONE_EACH: Final = Round(claimed=8, carriers=8, handful=1)
ROUNDS: Final = {
    Channel.TELEGRAM: Round(claimed=3 * HANDFUL, carriers=3, handful=HANDFUL),
    Channel.SMS: ONE_EACH,
    Channel.EMAIL: ONE_EACH,
}
PAUSE_SECONDS: Final = 1.0
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
        round_ = ROUNDS[self._channel]
        try:
            while (
                not self._stopping
                and self._soon()
                and await self._clinic.read(anything_due, self._channel)
                and (claimed := await self._clinic(claim_due_alerts, self._channel, round_.claimed))
            ):
                waiting = _handfuls([AlertId(number) for number in claimed], round_.handful)
                async with asyncio.TaskGroup() as carriers:
                    for _ in range(round_.carriers):
                        carriers.create_task(self._carry_from(waiting))
        except DatabaseLost as trouble:
            structlog.get_logger().warning("alerts.trouble", kind=str(trouble))

    async def _carry_from(self, waiting: Iterator[Sequence[AlertId]]) -> None:
        for handful in waiting:
            if self._stopping:
                for alert_id in handful:
                    await self._put_back(alert_id, certain=True)
            else:
                letters = await self._letters(handful)
                endings = await asyncio.gather(*(self._carried(letter) for letter in letters))
                await self._settle([ending for ending in endings if ending is not None])

    async def _letters(self, handful: Sequence[AlertId]) -> Sequence[Letter]:
        """One that cannot be read keeps none of the others back."""
        try:
            return await self._clinic.read(letters_of, handful)
        except Exception as trouble:
            if len(handful) == 1 or isinstance(trouble, DatabaseLost):
                _crashed(trouble)
                return ()
        return [letter for alert_id in handful for letter in await self._letters((alert_id,))]

    async def _settle(self, endings: Sequence[Ending]) -> None:
        """One that cannot be written down keeps none of the others back.

        What was sent was sent: while the database is away, only the writing is repeated.
        """
        while endings:
            try:
                await self._clinic(settle_alerts, endings)
                return
            except DatabaseLost as trouble:
                structlog.get_logger().warning("alerts.unwritten", kind=str(trouble), endings=len(endings))
                if self._stopping:
                    return
                await asyncio.sleep(PAUSE_SECONDS)
            except Exception as trouble:
                if len(endings) == 1:
                    _crashed(trouble)
                    return
                break
        for ending in endings:
            await self._settle((ending,))

    async def _put_back(self, alert_id: AlertId, certain: bool) -> None:
        try:
            await self._clinic(put_back_alert, alert_id, certain)
        except Exception as trouble:
            _crashed(trouble)

    async def _carried(self, letter: Letter) -> Ending | None:
        """How it ended; None where it has not."""
        try:
            return await self._carry(letter)
        except Exception as trouble:
            _crashed(trouble)
            return None

    async def _carry(self, letter: Letter) -> Ending | None:
        if not letter.true:
            self._note(self._channel.value, WITHDRAWN)
            return Ending(letter.id, AlertState.WITHDRAWN)
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
            return Ending(letter.id, ENDS[delivery], carried.posted, carried.reason)
        await self._put_back(letter.id, certain=delivery is Delivery.NOT_YET)
        return None


def _handfuls(claimed: Sequence[AlertId], size: int) -> Iterator[Sequence[AlertId]]:
    return (claimed[start : start + size] for start in range(0, len(claimed), size))


def _crashed(trouble: Exception) -> None:
    """One bad alert must not silence the others; its lease runs out, and it is looked at again."""
    structlog.get_logger().exception("alert.crashed", kind=type(trouble).__name__)
