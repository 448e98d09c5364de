from core.identity.person import ChatId
from core.intake.update import Job
from core.transaction import Transaction


def finish_update(
    tx: Transaction, key: str, seat: int, changed: dict[str, str | None], chat_id: ChatId | None, goes_on: bool = True
) -> Job | None:
    """Done, the changed forms, the erased words and the session's last activity, in one commit.

    Returns the next update of the same chat, in hand by the same commit, if there is one and the seat goes on. An
    update that has ended already, or is in other hands by now, stays as it is, and so do its forms.
    """
    tx.person.require_clockwork()
    lane = tx.intake.finish(key, seat)
    if lane is None:
        return None
    tx.intake.write_forms(lane, changed)
    if chat_id is not None:
        tx.sessions.touch(chat_id, tx.now, tx.facility.session)
    return tx.intake.take_from(lane, seat, tx.now) if goes_on else None
