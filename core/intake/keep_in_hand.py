from core.transaction import Transaction


def keep_in_hand(tx: Transaction, seat: int, keys: tuple[str, ...]) -> None:
    """Renew the leases of what this seat works on, and let go of everything else that bears its number.

    With no keys: whoever had the seat is gone, and the asker holds its lock.
    """
    tx.person.require_clockwork()
    tx.intake.keep_in_hand(seat, keys, tx.now)
