from core.identity.count_attempt import subjects_of
from core.identity.person import AccountId
from core.identity.session import Session, SessionId
from core.transaction import Transaction


def open_session(tx: Transaction, account_id: AccountId, with_sent: bool = False) -> None:
    """Let the chat in to the account whose password was just proved, and send the account's alerts there.

    `with_sent`: proved with the password from a letter. It ends the one before, and a password of one's own comes next
    (DIAMED-12). Whoever proved their own needs no letter any more.
    """
    chat_id = tx.person.require_chat()
    account = tx.accounts.get(account_id)
    if with_sent:
        account.password_hash = ""
    else:
        account.temporary_hash = account.temporary_until = None
    tx.sessions.open(Session(SessionId(tx.new_id()), chat_id, account_id, opened_at=tx.now, seen_at=tx.now))
    tx.chats.bind(account_id, chat_id)
    tx.attempts.forget(*subjects_of(chat_id, account.login), *subjects_of(chat_id, account.email))
    chat = tx.chats.get(chat_id)
    if chat is not None and chat.chosen is None and account.language is not None:
        chat.chosen = account.language
