from core.transaction import Transaction


def adopt_updates(tx: Transaction, left: int, seat: int) -> None:
    """Move what waits for a seat that was left to another; whoever asks holds the locks of both."""
    tx.person.require_clockwork()
    tx.intake.adopt(left, seat)
