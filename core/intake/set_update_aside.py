from core.transaction import Transaction


def set_update_aside(tx: Transaction, key: str, sealed: bytes) -> bool:
    """Give up on an update after its last try; what it said is kept sealed for whoever mends the cause.

    False where it has ended already: then it stays as it is.
    """
    tx.person.require_clockwork()
    update = tx.intake.get_for_update(key)
    if not update.waits:
        return False
    update.set_aside(sealed)
    return True
