"""People nobody knows yet, and what is owed to them."""

from core.identity.newcomer import Newcomer
from core.identity.person import ChatId
from core.seal import Seal, letter_place
from tests.stage.house import House

EWA = Newcomer("90020312344", "Ewa Anna", "Wolna", "ewa@example.com", "601 234 567")
OLA = Newcomer("20320101236", "Ola", "Wolna", "ola@example.com", "601 234 567")
CHAT = ChatId(2001)
NEIGHBOUR = ChatId(2002)
SEAL = Seal("a secret of the tests")


def passwords(house: House) -> list[str]:
    """What the letters hold that are still to be sent, in the order in which they were owed."""
    rows = house.rows("SELECT id, sealed FROM alerts WHERE sealed IS NOT NULL AND state = 'waiting' ORDER BY owed_at")
    return [SEAL.open(bytes(sealed), letter_place(alert_id)).decode() for alert_id, sealed in rows]


def letters(house: House) -> int:
    """How many were ever owed."""
    number: int = house.row("SELECT count(*) FROM alerts")[0]
    return number
