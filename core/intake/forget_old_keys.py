from core.intake.update import KEEP_KEYS
from core.transaction import Transaction


def forget_old_keys(tx: Transaction) -> None:
    """Keys are kept for eight days: later, no messenger repeats itself, and no network reports on a message."""
    tx.person.require_clockwork()
    tx.intake.forget_before(tx.now - KEEP_KEYS)
    tx.alerts.forget_postings_before(tx.now - KEEP_KEYS)
