"""What the house asks about people."""

from dataclasses import dataclass
from datetime import timedelta

from core.identity.count_attempt import subjects_of
from core.identity.patient import Patient
from core.identity.person import AccountId, ChatId, Person, Role
from core.transaction import Reading


@dataclass(frozen=True, slots=True)
class Caller:
    """Who writes from a chat. `known`: nothing about it is new: it was greeted, in this language, and is reachable."""

    person: Person
    language: str | None
    known: bool


def who_calls(reading: Reading, chat_id: ChatId, offered: str | None) -> Caller:
    """The person behind a chat: a patient while the session lives, else a stranger."""
    reading.person.require_clockwork()
    chat = reading.chats.get(chat_id)
    language = chat.language if chat is not None else offered
    known = chat is not None and chat.offered == offered and not reading.chats.is_given_up(chat_id)
    session = reading.sessions.open_in(chat_id)
    if session is None:
        return Caller(Person(Role.STRANGER, chat_id), language, known)
    if not session.lives(reading.now, reading.facility.session):
        stranger = Person(Role.STRANGER, chat_id, account=session.account_id, session_ended=True)
        return Caller(stranger, language, known)
    account = reading.accounts.get(session.account_id)
    person = Person(Role.PATIENT, chat_id, account.id, account.patient_id)
    return Caller(person, language, known)


def credentials_of(reading: Reading, login: str) -> tuple[AccountId | None, str | None]:
    """The account a login names and its password's hash, for log-in alone; a pair of None where there is none."""
    reading.person.require_chat()
    account = reading.accounts.by_login(login)
    return (None, None) if account is None else (account.id, account.password_hash)


def wait_before_next(reading: Reading, login: str) -> timedelta:
    """How long the next log-in from this chat has to wait."""
    subjects = subjects_of(reading.person.require_chat(), login)
    return max(reading.attempts.of(subject, reading.now).wait(reading.now) for subject in subjects)


def own_patient(reading: Reading) -> Patient:
    """The patient who is logged in; refuses with LogInNeeded."""
    return reading.accounts.own_patient()
