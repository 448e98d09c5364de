from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.orm import Session as Database

from core.identity.attempts import Attempts
from core.identity.tables import log_in_attempts
from core.storage.dialect import insert_for


class AttemptStore:
    def __init__(self, database: Database) -> None:
        self._database = database
        self._insert = insert_for(database)

    def of(self, subject: str, now: datetime) -> Attempts:
        """The subject's failures so far; none is an answer too."""
        known = self._database.get(Attempts, subject)
        return known or Attempts(subject, failures=0, retry_at=now)

    def to_count(self, subject: str, now: datetime) -> Attempts:
        """The same for whoever counts one more: written already, and nobody else's until the end."""
        none = {"subject": subject, "failures": 0, "retry_at": now}
        self._database.execute(self._insert(log_in_attempts).values(none).on_conflict_do_nothing())
        return self._database.get_one(Attempts, subject, with_for_update=True)

    def forget(self, *subjects: str) -> None:
        self._database.execute(delete(log_in_attempts).where(log_in_attempts.c.subject.in_(subjects)))
