"""What the tests of senders do again and again."""

from core.alerts.alert import LONGEST_PAUSE
from jobs.send_alerts import AlertSender
from tests.stage.house import House
from tests.stage.patient import Phone


async def heard(phone: Phone) -> list[str]:
    return [message.text.splitlines()[0] for message in await phone.messages()]


async def later(house: House, sender: AlertSender) -> None:
    house.clock.moment += LONGEST_PAUSE
    await sender.tick()
