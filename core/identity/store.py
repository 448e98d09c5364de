"""The area's queries."""

from dataclasses import dataclass
from datetime import datetime
from random import Random

from sqlalchemy import delete, false, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session as Database

from core.errors import NotFound
from core.facility.profile import SessionPolicy
from core.identity.account import Account, mailbox_of, normalise_login
from core.identity.attempts import Attempts
from core.identity.chat import Chat, ChatLink
from core.identity.patient import Patient
from core.identity.person import AccountId, ChatId, Person
from core.identity.refusals import EmailTaken, IdentifierTaken
from core.identity.session import Session
from core.identity.tables import accounts, channels, chats, log_in_attempts, patients, sessions
from core.storage.dialect import insert_for


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
        """Only log-in, and a letter to its owner, may look for an account by the login or address somebody typed."""
        name = normalise_login(login)
        named = accounts.c.mailbox == mailbox_of(name) if "@" in name else accounts.c.login == name
        return self._database.scalars(select(Account).where(named)).one_or_none()

    def own(self) -> Account:
        """The acting person's account; refuses with LogInNeeded."""
        return self._database.get_one(Account, self._person.require_account())

    def logged_in(self) -> Account:
        """The same, though the password be one that was sent."""
        return self._database.get_one(Account, self._person.require_log_in())

    def own_patient(self) -> Patient:
        return self._database.get_one(Patient, self._person.require_patient())

    def get(self, account_id: AccountId) -> Account:
        return self._database.get_one(Account, account_id)

    def patient_of(self, account: Account) -> Patient:
        return self._database.get_one(Patient, account.patient_id)

    def made_in(self, chat_id: ChatId, account_id: AccountId) -> Account:
        """An account made in this chat that nobody has logged in to; refuses with NotFound for any other."""
        link = self._database.get(ChatLink, account_id)
        account = self._database.get(Account, account_id)
        if account is None or link is None or link.chat_id != chat_id or account.opened_at is None:
            raise NotFound
        entered = select(sessions.c.id).where(sessions.c.account_id == account_id).limit(1)
        if account.password_hash or self._database.scalars(entered).one_or_none() is not None:
            raise NotFound
        return account

    def require_free_mailbox(self, email: str, but: AccountId | None = None) -> None:
        """Refuse with EmailTaken where another account has the mailbox (DIAMED-7)."""
        query = select(accounts.c.id).where(accounts.c.mailbox == mailbox_of(email), accounts.c.id != (but or 0))
        if self._database.scalars(query).one_or_none() is not None:
            raise EmailTaken

    def require_unused_identifier(self, identifier: str, phone: str) -> None:
        """Refuse with IdentifierTaken where somebody has an account with it."""
        query = select(accounts.c.id).join(patients).where(patients.c.identifier == identifier)
        if self._database.scalars(query).one_or_none() is not None:
            raise IdentifierTaken(phone)

    def require_no_account(self, newcomer: Patient, phone: str) -> Patient | None:
        """The patient whom the clinic knows already, without an account; None for somebody new.

        Refuses with IdentifierTaken, which offers the reception's `phone`, where there is an account, or where name and
        phone are not those we know: a right identifier is no proof of identity.
        """
        known = self._database.scalars(
            select(Patient).where(patients.c.identifier == newcomer.identifier)
        ).one_or_none()
        if known is None:
            return None
        taken = select(accounts.c.id).where(accounts.c.patient_id == known.id)
        if self._database.scalars(taken).one_or_none() is not None or not known.is_also(newcomer):
            raise IdentifierTaken(phone)
        return known

    def free_login(self, wished: str, chance: Random) -> str:
        """The login, with a number after it where somebody has it."""
        login = wished
        while self._database.scalars(select(accounts.c.id).where(accounts.c.login == login)).one_or_none() is not None:
            login = f"{wished}{chance.randint(2, 9999)}"
        return login

    def add_newcomer(self, patient: Patient | None, account: Account, phone: str) -> None:
        """Write the account, with its patient where that is new; refuses with EmailTaken and IdentifierTaken."""
        if patient is not None:
            self._database.add(patient)
            self.settle(phone)
        self._database.add(account)
        self.settle(phone)

    def settle(self, phone: str) -> None:
        """Write now, so that the schema's own word on what is taken comes here."""
        try:
            self._database.flush()
        except IntegrityError as error:
            words = str(error.orig)
            if "mail" in words:
                raise EmailTaken from None
            if "login" in words:
                raise
            raise IdentifierTaken(phone) from None

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
        self._database.merge(ChatLink(account_id, chat_id))

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

    def close_others(self, account_id: AccountId, chat_id: ChatId, now: datetime) -> None:
        """Close the account's sessions in other chats."""
        others = [sessions.c.account_id == account_id, sessions.c.chat_id != chat_id, sessions.c.closed_at.is_(None)]
        self._database.execute(update(sessions).where(*others).values(closed_at=now))

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
