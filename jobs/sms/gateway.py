"""The port to the mobile networks: one text to one number, and receipts that come back later."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from jobs.courier import Carried

# Told the gateway's name of a message, or of a part of it, and whether it was delivered. It may come before `send` has
# returned. Where it raises DatabaseLost, the network is asked to bring the receipt again.
OnReceipt = Callable[[str, bool], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Sms:
    """`to` in E.164; `reference` is the same for each try; after `valid_until` the network gives up (aware)."""

    to: str
    text: str
    reference: str
    valid_until: datetime


class SmsGateway(Protocol):
    async def run(self, on_receipt: OnReceipt) -> None:
        """Until cancelled: keep the line open and hand receipts on. Trouble on the line is waited out."""
        ...

    async def send(self, sms: Sms) -> Carried:
        """Send once; `posted` has a name for each part that was taken. Never raises for trouble on the line."""
        ...
