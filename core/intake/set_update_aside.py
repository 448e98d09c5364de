from core.transaction import Transaction


def set_update_aside(tx: Transaction, key: str, sealed: bytes) -> None:
    """Give up on an update after its last try; what it said is kept sealed for whoever mends the cause."""
    tx.person.require_clockwork()
    tx.intake.get(key).set_aside(sealed)
