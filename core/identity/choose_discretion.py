from core.transaction import Transaction


def choose_discretion(tx: Transaction, discreet: bool) -> None:
    """Whether alerts name neither doctor nor clinic; refuses with LogInNeeded."""
    tx.accounts.own().discreet = discreet
