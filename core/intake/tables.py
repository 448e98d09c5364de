from typing import Final

from sqlalchemy import BigInteger, Column, Index, Integer, LargeBinary, String, Table

from core.intake.update import UpdateState
from core.storage.mapping import Choice, Document, DocumentText, Moment, mapping

# `number` orders what came. `seat` is the process that has it in hand, until `leased_until`.
inbox: Final = Table(
    "inbox",
    mapping.metadata,
    Column("number", BigInteger().with_variant(Integer, "sqlite"), primary_key=True),
    Column("key", String(64), nullable=False, unique=True),
    Column("lane", String(64), nullable=False),
    Column("payload", Document),
    Column("received_at", Moment, nullable=False),
    Column("due_at", Moment, nullable=False),
    Column("state", Choice(UpdateState), nullable=False),
    Column("tries", Integer, nullable=False),
    Column("sealed", LargeBinary),
    Column("seat", Integer, nullable=False, server_default="0"),
    Column("leased_until", Moment),
)
_WAITING: Final = inbox.c.payload.is_not(None)
Index("ix_inbox_open", inbox.c.number, sqlite_where=_WAITING, postgresql_where=_WAITING)
Index("ix_inbox_waiting", inbox.c.lane, inbox.c.number, sqlite_where=_WAITING, postgresql_where=_WAITING)

effects: Final = Table(
    "effects",
    mapping.metadata,
    Column("key", String(160), primary_key=True),
    Column("result", Document),
    Column("at", Moment, nullable=False),
)
Index("ix_effects_at", effects.c.at)

forms: Final = Table(
    "forms",
    mapping.metadata,
    Column("lane", String(64), primary_key=True),
    Column("name", String(160), primary_key=True),
    Column("content", DocumentText, nullable=False),
)
