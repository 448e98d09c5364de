"""What the house asks about people."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from core.identity.account import SmsWish
from core.identity.count_attempt import subjects_of
from core.identity.patient import Patient
from core.identity.person import AccountId, ChatId, Person, Role
from core.identity.store import Correspondent, Standing
from core.transaction import Reading


@dataclass(frozen=True, slots=True)
class Caller:
    """Who writes from a chat. `known`: nothing about it is new: it was greeted, in this language, and is reachable."""

    person: Person
    language: str | None
    known: bool


@dataclass(frozen=True, slots=True)
class Credentials:
    """What proves an account: the hash of one's own password, and of the one that was sent; nothing for nobody."""

    account_id: AccountId | None
    own_hash: str | None
    sent_hash: str | None


@dataclass(frozen=True, slots=True)
class PasswordRules:
    """`least` characters, nothing of the patient's, and not the one that was sent."""

    patient: Patient
    least: int
    sent_hash: str | None


@dataclass(frozen=True, slots=True)
class OwnSettings:
    """`hour`: when reminders come, on the day before."""

    name: str
    phone: str
    email: str
    by_sms: SmsWish
    hour: int
    discreet: bool


@dataclass(frozen=True, slots=True)
class Reader:
    """`chat_id` is None where the messenger does not lead to the person. `awaits_password`: one was sent, and is good.

    `is_new`: without a password of one's own so far.
    """

    account_id: AccountId
    chat_id: ChatId | None
    phone: str
    email: str
    login: str
    language: str | None
    discreet: bool
    logged_in: bool
    awaits_password: bool
    is_new: bool


def who_calls(reading: Reading, chat_id: ChatId, offered: str | None) -> Caller:
    """The person behind a chat: a patient while the session lives, else a stranger."""
    reading.person.require_clockwork()
    standing = reading.chats.standing(chat_id)
    if standing is None:
        return Caller(Person(Role.STRANGER, chat_id), offered, known=False)
    known = standing.chat.offered == offered and not standing.given_up
    return Caller(_behind(standing, reading), standing.chat.language, known)


def _behind(standing: Standing, reading: Reading) -> Person:
    chat_id, session = standing.chat.id, standing.session
    if session is None:
        return Person(Role.STRANGER, chat_id)
    if not session.lives(reading.now, reading.facility.session):
        return Person(Role.STRANGER, chat_id, account=session.account_id, session_ended=True)
    due = standing.password_due
    return Person(Role.PATIENT, chat_id, session.account_id, standing.patient_id, password_due=due)


def credentials_of(reading: Reading, login: str) -> Credentials:
    """The account that a login or an e-mail address names, and what proves it, for log-in alone."""
    reading.person.require_chat()
    account = reading.accounts.by_login(login)
    if account is None:
        return Credentials(None, None, None)
    return Credentials(account.id, account.password_hash or None, account.sent_hash(reading.now))


def wait_before_next(reading: Reading, login: str) -> timedelta:
    """How long the next log-in from this chat has to wait."""
    subjects = subjects_of(reading.person.require_chat(), login)
    return max(reading.attempts.of(subject, reading.now).wait(reading.now) for subject in subjects)


def email_is_free(reading: Reading, typed: str) -> None:
    """Refuses with EmailTaken where another patient has the mailbox (DIAMED-7)."""
    reading.person.require_chat()
    reading.accounts.require_free_mailbox(typed)


def identifier_is_free(reading: Reading, typed: str) -> None:
    """Refuses with IdentifierTaken where somebody has an account with this identifier."""
    reading.person.require_chat()
    reading.accounts.require_unused_identifier(typed, reading.facility.reception.phone)


def email_of_new_account(reading: Reading, account_id: AccountId) -> str:
    """Where the login data of an account made in this chat went; refuses with NotFound once somebody has logged in."""
    return reading.accounts.made_in(reading.person.require_chat(), account_id).email


def password_rules(reading: Reading) -> PasswordRules:
    """What a password of the logged-in person's own must keep; refuses with LogInNeeded."""
    account = reading.accounts.logged_in()
    patient = reading.accounts.patient_of(account)
    return PasswordRules(patient, reading.facility.identity.password_length, account.sent_hash(reading.now))


def own_settings(reading: Reading) -> OwnSettings:
    """What the logged-in person has chosen, or what the facility means for them; refuses with LogInNeeded."""
    account, alerts = reading.accounts.own(), reading.facility.alerts
    return OwnSettings(
        name=reading.accounts.own_patient().name,
        phone=reading.accounts.own_patient().phone,
        email=account.email,
        by_sms=account.sms_reminders,
        hour=alerts.reminder_hour if account.reminder_hour is None else account.reminder_hour,
        discreet=account.wants_discretion(alerts.discreet),
    )


def readers_of(reading: Reading, account_ids: Sequence[AccountId]) -> dict[AccountId, Reader]:
    """Whom alerts are for, and every way to them."""
    reading.person.require_clockwork()
    return {found.account.id: _reader(reading, found) for found in reading.chats.correspondents(account_ids)}


def _reader(reading: Reading, found: Correspondent) -> Reader:
    account = found.account
    return Reader(
        account_id=account.id,
        chat_id=found.chat_id,
        phone=found.phone,
        email=account.email,
        login=account.login,
        language=found.language,
        discreet=account.wants_discretion(reading.facility.alerts.discreet),
        logged_in=found.logged_in,
        awaits_password=account.sent_hash(reading.now) is not None,
        is_new=not account.password_hash,
    )


def own_patient(reading: Reading) -> Patient:
    """The patient who is logged in; refuses with LogInNeeded."""
    return reading.accounts.own_patient()
