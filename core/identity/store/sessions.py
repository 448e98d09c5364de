from datetime import datetime
from typing import Final

from sqlalchemy import bindparam, select, update

from core.facility.profile import SessionPolicy
from core.identity.person import AccountId, ChatId
from core.identity.session import Session
from core.identity.tables import sessions
from core.storage.memory import Memory
from core.storage.prepared import Prepared

_OPEN_IN: Final = Prepared(
    select(sessions).where(sessions.c.chat_id == bindparam("chat"), sessions.c.closed_at.is_(None))
)
_TOUCH: Final = Prepared(
    update(sessions)
    .where(
        sessions.c.chat_id == bindparam("chat"), sessions.c.closed_at.is_(None), sessions.c.seen_at > bindparam("since")
    )
    .values(seen_at=bindparam("now"))
)


class SessionStore:
    def __init__(self, memory: Memory) -> None:
        self._memory = memory

    def open_in(self, chat_id: ChatId) -> Session | None:
        """The chat's session that nobody closed; whether it still lives is the session's to say."""
        return self._memory.thing(Session, _OPEN_IN, {"chat": chat_id})

    def open(self, session: Session) -> None:
        """Open a session in a chat, closing the one before it."""
        self.close(session.chat_id, session.opened_at)
        self._memory.add(session)
        self._memory.flush()

    def close(self, chat_id: ChatId, now: datetime) -> None:
        self._memory.tell(
            update(sessions).where(sessions.c.chat_id == chat_id, sessions.c.closed_at.is_(None)).values(closed_at=now)
        )

    def close_others(self, account_id: AccountId, chat_id: ChatId, now: datetime) -> None:
        """Close the account's sessions in other chats."""
        others = [sessions.c.account_id == account_id, sessions.c.chat_id != chat_id, sessions.c.closed_at.is_(None)]
        self._memory.tell(update(sessions).where(*others).values(closed_at=now))

    def touch(self, chat_id: ChatId, now: datetime, policy: SessionPolicy) -> None:
        """Write down the last activity of a session that lives; one that ran out stays so."""
        self._memory.tell(_TOUCH, {"chat": chat_id, "since": now - policy.idle, "now": now})
