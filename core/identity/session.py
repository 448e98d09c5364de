from dataclasses import dataclass
from datetime import datetime
from typing import NewType

from core.facility.profile import SessionPolicy
from core.identity.person import AccountId, ChatId

SessionId = NewType("SessionId", int)


@dataclass(eq=False)
class Session:
    """A chat that is logged in to an account, until it is closed, idle for too long, or too old."""

    id: SessionId
    chat_id: ChatId
    account_id: AccountId
    opened_at: datetime
    seen_at: datetime
    closed_at: datetime | None = None

    def lives(self, now: datetime, policy: SessionPolicy) -> bool:
        return self.closed_at is None and now < self.seen_at + policy.idle and now < self.opened_at + policy.at_most
