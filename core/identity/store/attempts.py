from datetime import datetime
from typing import Final

from sqlalchemy import delete

from core.identity.attempts import Attempts
from core.identity.tables import log_in_attempts
from core.storage.memory import Memory
from core.storage.prepared import Prepared

_BEGIN: Final = Prepared(lambda insert: insert(log_in_attempts).on_conflict_do_nothing())


class AttemptStore:
    def __init__(self, memory: Memory) -> None:
        self._memory = memory

    def of(self, subject: str, now: datetime) -> Attempts:
        """The subject's failures so far; none is an answer too."""
        known = self._memory.get(Attempts, subject)
        return known or Attempts(subject, failures=0, retry_at=now)

    def to_count(self, subject: str, now: datetime) -> Attempts:
        """The same for whoever counts one more: written already, and nobody else's until the end."""
        self._memory.tell(_BEGIN, {"subject": subject, "failures": 0, "retry_at": now})
        return self._memory.get_one(Attempts, subject, for_update=True)

    def forget(self, *subjects: str) -> None:
        self._memory.tell(delete(log_in_attempts).where(log_in_attempts.c.subject.in_(subjects)))
