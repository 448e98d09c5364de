from typing import Final

from sqlalchemy import BigInteger, Column, Date, ForeignKey, Index, Integer, LargeBinary, String, Table

from core.alerts.alert import Alert, AlertKind, AlertState, Receipt
from core.facility.profile import Channel
from core.storage.mapping import Choice, Moment, mapping

alerts: Final = Table(
    "alerts",
    mapping.metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("kind", Choice(AlertKind), nullable=False),
    Column("account_id", ForeignKey("accounts.id"), nullable=False),
    Column("channel", Choice(Channel), nullable=False),
    Column("visit_id", ForeignKey("visits.id")),
    Column("visit_version", Integer),
    Column("day", Date),
    Column("dedupe_key", String(80), nullable=False, unique=True),
    Column("due_at", Moment, nullable=False),
    Column("owed_at", Moment, nullable=False),
    Column("state", Choice(AlertState), nullable=False),
    Column("tries", Integer, nullable=False),
    Column("setbacks", Integer, nullable=False, server_default="0"),
    Column("leased_until", Moment),
    Column("carried_with", BigInteger),
    Column("sealed", LargeBinary),
    Column("receipt", Choice(Receipt)),
    Column("ended_at", Moment),
)
_OPEN: Final = alerts.c.ended_at.is_(None)
Index("ix_alerts_due", alerts.c.channel, alerts.c.due_at, sqlite_where=_OPEN, postgresql_where=_OPEN)
Index("ix_alerts_visit", alerts.c.visit_id)
_CARRIED: Final = alerts.c.carried_with.is_not(None)
Index("ix_alerts_carried", alerts.c.carried_with, sqlite_where=_CARRIED, postgresql_where=_CARRIED)
Index("ix_alerts_account_open", alerts.c.account_id, sqlite_where=_OPEN, postgresql_where=_OPEN)

postings: Final = Table(
    "postings",
    mapping.metadata,
    Column("message_id", String(80), primary_key=True),
    Column("alert_id", ForeignKey("alerts.id")),
    Column("receipt", Choice(Receipt)),
    Column("at", Moment, nullable=False),
)
Index("ix_postings_alert", postings.c.alert_id)

pauses: Final = Table(
    "pauses",
    mapping.metadata,
    Column("carrier", String(32), primary_key=True),
    Column("until", Moment, nullable=False),
)

mapping.keep(Alert, alerts)
