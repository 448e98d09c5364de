from datetime import timedelta

from core.identity.attempts import SIGN_UP_SLOWDOWN
from core.identity.refusals import TooManyAttempts
from core.transaction import Transaction


def count_sign_up_try(tx: Transaction) -> None:
    """Count a look at what is taken: nobody finds out many addresses. Refuses with TooManyAttempts."""
    tries = tx.attempts.to_count(f"sign_up:{tx.person.require_chat()}", tx.now)
    wait = tries.wait(tx.now)
    if wait > timedelta(0):
        raise TooManyAttempts(wait)
    tries.count(tx.now, SIGN_UP_SLOWDOWN)
