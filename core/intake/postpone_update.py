from datetime import datetime

from core.transaction import Transaction


def postpone_update(tx: Transaction, key: str, due_at: datetime, counts: bool) -> None:
    """Work on the update again later; `counts` is whether this was one of its tries.

    An update that has ended already stays as it is.
    """
    tx.person.require_clockwork()
    update = tx.intake.get_for_update(key)
    if update.waits:
        update.due_at = due_at
        update.tries += int(counts)
