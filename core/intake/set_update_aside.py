from core.identity.person import ChatId
from core.support.case import about_update
from core.transaction import Transaction


def set_update_aside(tx: Transaction, key: str, seat: int, sealed: bytes, chat_id: ChatId | None) -> bool:
    """Give up on an update after its last try; what it said is kept sealed for whoever mends the cause.

    Operators hear of it. False where it has ended already, or is in other hands by now: then it stays as it is.
    """
    tx.person.require_clockwork()
    if not tx.intake.set_aside(key, seat, sealed):
        return False
    session = None if chat_id is None else tx.sessions.open_in(chat_id)
    tx.cases.open(about_update(tx.new_id(), key, None if session is None else session.account_id, tx.now))
    return True
