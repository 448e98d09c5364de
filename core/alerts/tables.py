from typing import Final

from sqlalchemy import BigInteger, Column, ForeignKey, Index, Integer, String, Table

from core.alerts.alert import Alert, AlertKind, AlertState
from core.storage.mapping import Choice, Moment, mapping

alerts: Final = Table(
    "alerts",
    mapping.metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("kind", Choice(AlertKind), nullable=False),
    Column("account_id", ForeignKey("accounts.id"), nullable=False),
    Column("visit_id", ForeignKey("visits.id"), nullable=False),
    Column("visit_version", Integer, nullable=False),
    Column("dedupe_key", String(80), nullable=False, unique=True),
    Column("due_at", Moment, nullable=False),
    Column("owed_at", Moment, nullable=False),
    Column("state", Choice(AlertState), nullable=False),
    Column("tries", Integer, nullable=False),
    Column("leased_until", Moment),
    Column("ended_at", Moment),
)
_OPEN: Final = alerts.c.ended_at.is_(None)
Index("ix_alerts_due", alerts.c.due_at, sqlite_where=_OPEN, postgresql_where=_OPEN)
Index("ix_alerts_visit", alerts.c.visit_id)

mapping.map_imperatively(Alert, alerts)
