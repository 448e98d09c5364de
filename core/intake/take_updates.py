from core.intake.update import Job
from core.transaction import Transaction


def take_updates(tx: Transaction, seat: int, hands: int, busy: tuple[str, ...] = ()) -> tuple[Job, ...]:
    """Take the next update of each chat whose turn it is into this seat's hands, oldest first, under a lease.

    What somebody else has in hand, or is just taking, is passed over. `busy`: lanes that this process is at work on:
    nothing more of theirs comes into its hands.
    """
    tx.person.require_clockwork()
    return tuple(tx.intake.take(seat, hands, busy, tx.now))
