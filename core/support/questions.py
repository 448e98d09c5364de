from core.support.card import CaseCard
from core.transaction import Reading


def open_cases(reading: Reading) -> list[CaseCard]:
    """What waits for an operator, oldest first."""
    reading.person.require_clockwork()
    return reading.cases.cards()


def untold_cases(reading: Reading, limit: int) -> list[CaseCard]:
    """What the operators' chat has not heard of yet, oldest first."""
    reading.person.require_clockwork()
    return reading.cases.untold(limit)
