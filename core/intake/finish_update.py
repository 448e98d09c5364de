from typing import Any

from core.identity.person import ChatId
from core.transaction import Transaction


def finish_update(tx: Transaction, key: str, changed: dict[str, Any], chat_id: ChatId | None) -> None:
    """Done, the changed forms, the erased words and the session's last activity, in one commit.

    An update that has ended already stays as it is, and so do its forms.
    """
    tx.person.require_clockwork()
    update = tx.intake.get_for_update(key)
    if not update.waits:
        return
    update.finish()
    tx.intake.write_forms(update.lane, changed)
    if chat_id is not None:
        tx.sessions.touch(chat_id, tx.now, tx.facility.session)
