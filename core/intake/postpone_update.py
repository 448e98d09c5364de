from datetime import datetime

from core.transaction import Transaction


def postpone_update(tx: Transaction, key: str, seat: int, due_at: datetime, counts: bool) -> None:
    """Let the update go until it is due, whoever takes it then; `counts` is whether this was one of its tries."""
    tx.person.require_clockwork()
    tx.intake.postpone(key, seat, due_at, counts)
