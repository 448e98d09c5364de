from core.support.case import CaseId
from core.transaction import Transaction


def note_told(tx: Transaction, told: tuple[CaseId, ...]) -> None:
    """The operators' chat has heard of these cases; they stay open until somebody has seen to them."""
    tx.person.require_clockwork()
    tx.cases.note_told(told, tx.now)
