"""What the tests of alerts do again and again: book, claim, end, and look at what is owed."""

from datetime import datetime

from core.alerts.alert import AlertId, AlertKind, AlertState
from core.alerts.claim_due_alerts import claim_due_alerts
from core.alerts.questions import Letter, letters_of
from core.alerts.settle_alerts import Ending, settle_alerts
from core.facility.profile import Channel
from tests.stage.house import PROFILE, House


def warsaw(day: int, hour: int, minute: int = 0, month: int = 11) -> datetime:
    """A time in 2026 by the clock on the clinic's wall; the 23rd of November is the small clinic's Monday."""
    return datetime(2026, month, day, hour, minute, tzinfo=PROFILE.timezone)


async def claim(house: House, channel: Channel = Channel.TELEGRAM, limit: int = 64) -> tuple[AlertId, ...]:
    return tuple(AlertId(number) for number in await house.clinic(claim_due_alerts, channel, limit))


async def claim_one(house: House, channel: Channel = Channel.TELEGRAM) -> AlertId:
    [alert] = await claim(house, channel)
    return alert


async def letter_of(house: House, alert: AlertId) -> Letter:
    [letter] = await house.clinic.read(letters_of, (alert,))
    return letter


async def settle(
    house: House, alert: AlertId, state: AlertState, posted: tuple[str, ...] = (), reason: str = ""
) -> None:
    """It ended so."""
    await house.clinic(settle_alerts, (Ending(alert, state, posted, reason),))


async def ends(house: House, channel: Channel, state: AlertState, *posted: str) -> AlertId:
    """The only alert that is due on this channel is carried, and ends so."""
    alert = await claim_one(house, channel)
    await settle(house, alert, state, posted)
    return alert


async def is_quiet(house: House) -> None:
    """Whatever is due now is sent: what a test asks about comes afterwards."""
    for channel in Channel:
        while claimed := await claim(house, channel):
            for alert in claimed:
                await settle(house, alert, AlertState.SENT)


async def reminded(house: House, channel: Channel = Channel.TELEGRAM) -> int:
    """How many visits the only message that is due on this channel speaks of: a reminder."""
    letter = await letter_of(house, await claim_one(house, channel))
    assert letter.kind is AlertKind.REMINDER
    return len(letter.visits)


def owed(house: House, kind: AlertKind) -> list[tuple[str, str]]:
    """Channel and state of all that was ever owed of this kind, in the order in which it fell due."""
    query = "SELECT channel, state FROM alerts WHERE kind = ? ORDER BY due_at, owed_at, channel DESC"
    return [(channel, state) for channel, state in house.rows(query, kind.value)]


def waiting(house: House, kind: AlertKind) -> list[tuple[str, str]]:
    """Channel and due time, in UTC, of what waits."""
    query = "SELECT channel, due_at FROM alerts WHERE kind = ? AND state = 'waiting' ORDER BY due_at, channel DESC"
    return [(channel, due_at.removesuffix(":00.000000")) for channel, due_at in house.rows(query, kind.value)]
