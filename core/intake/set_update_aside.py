from core.transaction import Transaction


def set_update_aside(tx: Transaction, key: str, seat: int, sealed: bytes) -> bool:
    """Give up on an update after its last try; what it said is kept sealed for whoever mends the cause.

    False where it has ended already, or is in other hands by now: then it stays as it is.
    """
    tx.person.require_clockwork()
    return tx.intake.set_aside(key, seat, sealed)
