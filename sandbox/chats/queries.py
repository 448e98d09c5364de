"""Pressed buttons that wait for their answer: each may be answered once, and not too late."""

from dataclasses import dataclass, field
from itertools import count

from sandbox.bad_requests import QueryTooOld
from sandbox.bell import Bell
from sandbox.chats.chat import Chat
from sandbox.people import Person
from sandbox.wire import Json

ANSWERABLE_SECONDS = 15 * 60
KEPT_QUERIES = 10_000


@dataclass(slots=True, eq=False)
class CallbackQuery:
    query_id: str
    person: Person
    chat: Chat
    asked_at: float
    answered: bool = False
    answer: Json | None = None
    changed: Bell = field(default_factory=Bell)


class CallbackQueries:
    def __init__(self, first_id: int) -> None:
        self._ids = count(first_id)
        self._queries: dict[str, CallbackQuery] = {}

    def ask(self, person: Person, chat: Chat, now: float) -> CallbackQuery:
        query = CallbackQuery(str(next(self._ids)), person, chat, now)
        self._queries[query.query_id] = query
        if len(self._queries) > KEPT_QUERIES:
            del self._queries[next(iter(self._queries))]
        return query

    def chat_of(self, query_id: str) -> int | None:
        query = self._queries.get(query_id)
        return query.chat.id if query else None

    def answer(self, query_id: str, text: str, *, show_alert: bool, now: float) -> None:
        query = self._queries.get(query_id)
        if query is None or query.answered or now - query.asked_at > ANSWERABLE_SECONDS:
            raise QueryTooOld
        query.answered = True
        query.answer = {"text": text, "show_alert": show_alert} if text else None
        query.chat.notify(query.person.id, query_id, text, show_alert=show_alert)
        query.changed.ring()
