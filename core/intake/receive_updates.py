from core.intake.update import Arrival, Job
from core.transaction import Transaction


def receive_updates(
    tx: Transaction, arrivals: tuple[Arrival, ...], seat: int | None, hands: int, busy: tuple[str, ...] = ()
) -> tuple[Job, ...]:
    """Store a batch before anybody acknowledges it; what was stored before is recognised by its key.

    Returns what this seat may begin at once, as many as it has hands for, and none of the `busy` lanes; nothing for
    somebody without a seat.
    """
    tx.person.require_clockwork()
    tx.intake.receive(arrivals, tx.now)
    return () if seat is None or hands <= 0 else tuple(tx.intake.take(seat, hands, busy, tx.now))
