from core.intake.update import KEEP_KEYS
from core.transaction import Transaction


def forget_old_keys(tx: Transaction) -> None:
    """Keys of updates and effects are kept for eight days: no messenger repeats itself later than that."""
    tx.person.require_clockwork()
    tx.intake.forget_before(tx.now - KEEP_KEYS)
