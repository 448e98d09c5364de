from core.alerts.alert import AlertId
from core.alerts.owed import credentials
from core.identity.credentials import TEMPORARY_LIVES, letters_left
from core.transaction import Transaction


def issue_password(tx: Transaction, name: str, password_hash: str, alert_id: int, sealed: bytes) -> None:
    """Owe a new password to the mailbox of whoever has this login or e-mail address; one's own goes on working.

    Nothing tells a stranger whether there is such an account. At most MOST_LETTERS go out in LETTERS_IN, and
    MOST_LETTERS_A_DAY: the rest are dropped.
    """
    tx.person.require_chat()
    account = tx.accounts.by_login(name)
    if account is None or letters_left(tx.alerts.letters_owed(account.id, tx.now), tx.now) == 0:
        return
    account.temporary_hash, account.temporary_until = password_hash, tx.now + TEMPORARY_LIVES
    tx.alerts.withdraw_letters(account.id, tx.now)
    tx.alerts.owe(credentials(AlertId(alert_id), account.id, sealed, tx.now))
