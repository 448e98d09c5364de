from datetime import datetime

from core.transaction import Transaction


def note_pause(tx: Transaction, carrier: str, until: datetime) -> None:
    """A carrier asked one of our processes to wait: the others wait as well; a longer wait is never shortened."""
    tx.person.require_clockwork()
    tx.alerts.note_pause(carrier, until)
