from dataclasses import dataclass
from datetime import time

from core.errors import Refusal


@dataclass
class DeskClosed(Refusal):
    """The online desk is closed; the phone and the reception are not (DIAMED-10, DIAMED-16)."""

    from_time: time
    to_time: time
    phone: str
