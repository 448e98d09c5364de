"""An SMS as the telephone shows it, with what it cost and what became of its receipt."""

from dataclasses import dataclass
from enum import StrEnum

from sandbox.post.addresses import phone_key
from sandbox.post.alphabet import Encoding, segments
from sandbox.wire import Json


class Receipt(StrEnum):
    NONE = "none"
    AWAITED = "awaited"
    DELIVERED = "delivered"
    FAILED = "failed"


@dataclass(slots=True, eq=False)
class Sms:
    """`receipt_status` is the answer to the last receipt: 0 where nobody took it, None before any."""

    id: int
    sender: str
    to: str
    text: str
    encoding: Encoding
    received_at: float
    receipt_mask: int = 0
    receipt_url: str = ""
    receipt: Receipt = Receipt.NONE
    receipt_status: int | None = None
    unread: bool = True

    @property
    def key(self) -> str:
        return phone_key(self.to)

    def as_listed(self) -> Json:
        return {
            "id": self.id,
            "from": self.sender,
            "to": self.to,
            "text": self.text,
            "encoding": self.encoding.value,
            "segments": segments(self.text, self.encoding),
            "date": int(self.received_at),
            "unread": self.unread,
            "receipt": self.receipt.value,
            "receipt_status": self.receipt_status,
        }
