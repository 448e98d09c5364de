from typing import Final

from sqlalchemy import BigInteger, Column, ForeignKey, Index, String, Table, Text, and_

from core.storage.mapping import Choice, Moment, mapping
from core.support.case import Case, CaseKind

cases: Final = Table(
    "cases",
    mapping.metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("kind", Choice(CaseKind), nullable=False),
    Column("dedupe_key", String(80), nullable=False, unique=True),
    Column("opened_at", Moment, nullable=False),
    Column("visit_id", ForeignKey("visits.id")),
    Column("account_id", ForeignKey("accounts.id")),
    Column("note", Text, nullable=False),
    Column("closed_at", Moment),
    Column("told_at", Moment),
)
_OPEN: Final = cases.c.closed_at.is_(None)
Index("ix_cases_open", cases.c.opened_at, sqlite_where=_OPEN, postgresql_where=_OPEN)
_UNTOLD: Final = and_(cases.c.told_at.is_(None), _OPEN)
Index("ix_cases_untold", cases.c.opened_at, sqlite_where=_UNTOLD, postgresql_where=_UNTOLD)

mapping.keep(Case, cases)
