from typing import Final

from sqlalchemy import BigInteger, Boolean, Column, Date, ForeignKey, Index, Integer, String, Table, text

from core.identity.account import Account, SmsWish
from core.identity.attempts import Attempts
from core.identity.chat import Chat, ChatLink
from core.identity.patient import Patient
from core.identity.session import Session
from core.identity.sex import Sex
from core.storage.mapping import Choice, Moment, mapping

patients: Final = Table(
    "patients",
    mapping.metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("given_names", String(120), nullable=False),
    Column("surname", String(120), nullable=False),
    Column("born", Date, nullable=False),
    Column("identifier", String(16), nullable=False, unique=True),
    Column("phone", String(20), nullable=False),
    Column("sex", Choice(Sex)),
)

accounts: Final = Table(
    "accounts",
    mapping.metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("patient_id", ForeignKey("patients.id"), nullable=False, unique=True),
    Column("login", String(64), nullable=False, unique=True),
    Column("email", String(254), nullable=False, unique=True),
    Column("password_hash", String(200), nullable=False),
    Column("language", String(2)),
    Column("mailbox", String(254), nullable=False, server_default=text("''")),
    Column("temporary_hash", String(200)),
    Column("temporary_until", Moment),
    Column("sms_reminders", Choice(SmsWish), nullable=False, server_default="when_needed"),
    Column("reminder_hour", Integer),
    Column("discreet", Boolean),
    Column("opened_at", Moment),
)
Index("uq_accounts_mailbox", accounts.c.mailbox, unique=True)

chats: Final = Table(
    "chats",
    mapping.metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("offered", String(35)),
    Column("chosen", String(2)),
)

channels: Final = Table(
    "channels",
    mapping.metadata,
    Column("account_id", ForeignKey("accounts.id"), primary_key=True),
    Column("chat_id", ForeignKey("chats.id"), nullable=False),
    Column("reachable", Boolean, nullable=False),
)
Index("ix_channels_chat", channels.c.chat_id)

sessions: Final = Table(
    "sessions",
    mapping.metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("chat_id", ForeignKey("chats.id"), nullable=False),
    Column("account_id", ForeignKey("accounts.id"), nullable=False),
    Column("opened_at", Moment, nullable=False),
    Column("seen_at", Moment, nullable=False),
    Column("closed_at", Moment),
)
_OPEN: Final = sessions.c.closed_at.is_(None)
Index("uq_sessions_open_chat", sessions.c.chat_id, unique=True, sqlite_where=_OPEN, postgresql_where=_OPEN)

log_in_attempts: Final = Table(
    "log_in_attempts",
    mapping.metadata,
    Column("subject", String(80), primary_key=True),
    Column("failures", Integer, nullable=False),
    Column("retry_at", Moment, nullable=False),
)

mapping.keep(Patient, patients)
mapping.keep(Account, accounts)
mapping.keep(Chat, chats)
mapping.keep(ChatLink, channels)
mapping.keep(Session, sessions)
mapping.keep(Attempts, log_in_attempts)
