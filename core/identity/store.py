"""The area's queries."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import false, select, update
from sqlalchemy.orm import Session as Database

from core.facility.profile import SessionPolicy
from core.identity.account import Account, normalise_login
from core.identity.attempts import Attempts
from core.identity.chat import Channel, Chat
from core.identity.patient import Patient
from core.identity.person import AccountId, ChatId, Person
from core.identity.session import Session
from core.identity.tables import accounts, channels, chats, sessions


@dataclass(frozen=True, slots=True)
class Destination:
    """Where an account's alerts go, and in which language."""

    chat_id: ChatId
    reachable: bool
    language: str | None


class AccountStore:
    def __init__(self, database: Database, person: Person) -> None:
        self._database = database
        self._person = person

    def by_login(self, login: str) -> Account | None:
        """Only log-in may look for an account by a name that somebody typed."""
        query = select(Account).where(accounts.c.login == normalise_login(login))
        return self._database.scalars(query).one_or_none()

    def own(self) -> Account:
        """The acting person's account; refuses with LogInNeeded."""
        return self._database.get_one(Account, self._person.require_account())

    def own_patient(self) -> Patient:
        return self._database.get_one(Patient, self._person.require_patient())

    def get(self, account_id: AccountId) -> Account:
        return self._database.get_one(Account, account_id)

    def add(self, patient: Patient, account: Account | None) -> None:
        self._database.add(patient)
        self._database.flush()
        if account is not None:
            self._database.add(account)


class ChatStore:
    def __init__(self, database: Database) -> None:
        self._database = database

    def get(self, chat_id: ChatId) -> Chat | None:
        return self._database.get(Chat, chat_id)

    def add(self, chat: Chat) -> None:
        self._database.add(chat)
        self._database.flush()

    def bind(self, account_id: AccountId, chat_id: ChatId) -> None:
        """The account's alerts go to this chat from now on."""
        self._database.merge(Channel(account_id, chat_id))

    def is_given_up(self, chat_id: ChatId) -> bool:
        """Whether alerts have stopped going to this chat."""
        lost = select(channels.c.account_id).where(channels.c.chat_id == chat_id, channels.c.reachable == false())
        return self._database.execute(lost.limit(1)).one_or_none() is not None

    def note_reachable(self, chat_id: ChatId, reachable: bool) -> None:
        self._database.execute(update(channels).where(channels.c.chat_id == chat_id).values(reachable=reachable))

    def destination(self, account_id: AccountId) -> Destination | None:
        """Where this account's alerts go; None while it has never logged in."""
        query = (
            select(channels.c.chat_id, channels.c.reachable, accounts.c.language, chats.c.chosen, chats.c.offered)
            .join(accounts, accounts.c.id == channels.c.account_id)
            .join(chats, chats.c.id == channels.c.chat_id)
            .where(channels.c.account_id == account_id)
        )
        row = self._database.execute(query).one_or_none()
        if row is None:
            return None
        chat_id, reachable, own, chosen, offered = row
        return Destination(chat_id, reachable, own or chosen or offered)


class SessionStore:
    def __init__(self, database: Database) -> None:
        self._database = database

    def open_in(self, chat_id: ChatId) -> Session | None:
        """The chat's session that nobody closed; whether it still lives is the session's to say."""
        query = select(Session).where(sessions.c.chat_id == chat_id, sessions.c.closed_at.is_(None))
        return self._database.scalars(query).one_or_none()

    def open(self, session: Session) -> None:
        """Open a session in a chat, closing the one before it."""
        self.close(session.chat_id, session.opened_at)
        self._database.add(session)
        self._database.flush()

    def close(self, chat_id: ChatId, now: datetime) -> None:
        self._database.execute(
            update(sessions).where(sessions.c.chat_id == chat_id, sessions.c.closed_at.is_(None)).values(closed_at=now)
        )

    def touch(self, chat_id: ChatId, now: datetime, policy: SessionPolicy) -> None:
        """Write down the last activity of a session that lives; one that ran out stays so."""
        self._database.execute(
            update(sessions)
            .where(
                sessions.c.chat_id == chat_id,
                sessions.c.closed_at.is_(None),
                sessions.c.seen_at > now - policy.idle,
            )
            .values(seen_at=now)
        )


class AttemptStore:
    def __init__(self, database: Database) -> None:
        self._database = database

    def of(self, subject: str, now: datetime) -> Attempts:
        """The subject's failures so far; none is an answer too."""
        known = self._database.get(Attempts, subject)
        return known or Attempts(subject, failures=0, retry_at=now)

    def keep(self, *attempts: Attempts) -> None:
        self._database.add_all(attempts)

    def forget(self, *subjects: str) -> None:
        for subject in subjects:
            known = self._database.get(Attempts, subject)
            if known is not None:
                self._database.delete(known)
