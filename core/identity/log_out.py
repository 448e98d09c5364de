from core.transaction import Transaction


def log_out(tx: Transaction) -> None:
    """Close the chat's session; alerts that were opted into go on."""
    tx.sessions.close(tx.person.require_chat(), tx.now)
