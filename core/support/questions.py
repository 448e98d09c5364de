from core.support.card import CaseCard
from core.transaction import Reading


def open_cases(reading: Reading) -> list[CaseCard]:
    """What waits for an operator, oldest first."""
    reading.person.require_clockwork()
    return reading.cases.cards()
