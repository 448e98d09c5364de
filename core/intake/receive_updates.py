from core.intake.update import Arrival
from core.transaction import Transaction


def receive_updates(tx: Transaction, arrivals: tuple[Arrival, ...], seat: int = 0) -> None:
    """Store a batch for this seat before anybody acknowledges it; what was stored before is recognised by its key."""
    tx.person.require_clockwork()
    tx.intake.receive(arrivals, seat, tx.now)
