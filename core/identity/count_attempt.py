from datetime import timedelta

from core.identity.account import mailbox_of, normalise_login
from core.identity.attempts import CHAT_SLOWDOWN, LOGIN_SLOWDOWN
from core.identity.person import ChatId
from core.identity.refusals import TooManyAttempts
from core.transaction import Transaction


def count_attempt(tx: Transaction, login: str) -> None:
    """Count a log-in as failed before it is tried; a right password takes it back. Refuses with TooManyAttempts."""
    chat, name = (tx.attempts.to_count(subject, tx.now) for subject in subjects_of(tx.person.require_chat(), login))
    wait = max(chat.wait(tx.now), name.wait(tx.now))
    if wait > timedelta(0):
        raise TooManyAttempts(wait)
    chat.count(tx.now, CHAT_SLOWDOWN)
    name.count(tx.now, LOGIN_SLOWDOWN)


def subjects_of(chat_id: ChatId, login: str) -> tuple[str, str]:
    """Attempts are counted for the chat that guesses, and for the login or the mailbox that is guessed."""
    name = normalise_login(login)
    return f"chat:{chat_id}", f"login:{(mailbox_of(name) if '@' in name else name)[:64]}"
