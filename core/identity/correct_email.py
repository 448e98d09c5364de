from core.alerts.alert import AlertId
from core.alerts.owed import credentials
from core.identity.contacts import read_email
from core.identity.credentials import TEMPORARY_LIVES, require_letters_left
from core.identity.person import AccountId
from core.transaction import Transaction


def correct_email(
    tx: Transaction, account_id: AccountId, email: str, password_hash: str, alert_id: int, sealed: bytes
) -> None:
    """Send the login data of a new account to another address, or once more to the same (DIAMED-11).

    Only from the chat in which the account was made, and only until somebody has logged in to it. Refuses with NotFound
    otherwise, with EmailNotUsable, EmailTaken and TooManyLetters.
    """
    account = tx.accounts.made_in(tx.person.require_chat(), account_id)
    address = read_email(email)
    require_letters_left(tx.alerts.letters_owed(account.id, tx.now), tx.now)
    tx.accounts.require_free_mailbox(address, but=account.id)
    account.change_email(address)
    account.temporary_hash, account.temporary_until = password_hash, tx.now + TEMPORARY_LIVES
    tx.accounts.settle(tx.facility.reception.phone)
    tx.alerts.withdraw_letters(account.id, tx.now)
    tx.alerts.owe(credentials(AlertId(alert_id), account.id, sealed, tx.now))
