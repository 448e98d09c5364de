from core.transaction import Transaction


def change_password(tx: Transaction, password_hash: str) -> None:
    """The person's own password from now on (DIAMED-12); the one that was sent is void, and other chats log in anew."""
    account = tx.accounts.logged_in()
    account.password_hash = password_hash
    account.temporary_hash = account.temporary_until = None
    tx.sessions.close_others(account.id, tx.person.require_chat(), tx.now)
