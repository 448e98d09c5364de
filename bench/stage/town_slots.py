"""Slots by the million, made by the database itself: six of ten are taken."""

from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import Connection, text

from bench.stage.town import FACILITY, OPENS, TODAY, Town
from core.visits.tables import slots

INDEXES: Final = (
    "uq_slots_doctor_start",
    "ix_slots_removed",
    "ix_slots_free",
    "ix_slots_free_doctor",
    "ix_slots_free_day",
    "ix_slots_free_doctor_day",
)
COLUMNS: Final = "id, agenda_id, clinic_id, doctor_id, day, starts_at, ends_at, free, removed"
POSTGRESQL: Final = """
INSERT INTO slots ({columns})
SELECT a.id * 10000 + d * 100 + t, a.id, a.clinic_id, a.doctor_id, CAST(:today AS date) + d,
       CAST(:opens AS timestamptz) + make_interval(days => d, mins => 30 * t),
       CAST(:opens AS timestamptz) + make_interval(days => d, mins => 30 * t + 30),
       (a.id * 7919 + d * 104729 + t * 1299709) % 10 < 4, false
FROM agendas a, generate_series(1, :days) d, generate_series(0, :slots - 1) t
ORDER BY a.doctor_id, d, t
"""
SQLITE: Final = """
INSERT INTO slots ({columns})
WITH RECURSIVE
  d(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM d WHERE n < :days),
  t(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM t WHERE n < :slots - 1)
SELECT a.id * 10000 + d.n * 100 + t.n, a.id, a.clinic_id, a.doctor_id, date(:today, d.n || ' days'),
       strftime('%Y-%m-%d %H:%M:%S.000000', :opens, d.n || ' days', (30 * t.n) || ' minutes'),
       strftime('%Y-%m-%d %H:%M:%S.000000', :opens, d.n || ' days', (30 * t.n + 30) || ' minutes'),
       (a.id * 7919 + d.n * 104729 + t.n * 1299709) % 10 < 4, 0
FROM agendas a CROSS JOIN d CROSS JOIN t
"""


def fill_slots(connection: Connection, town: Town) -> None:
    """Every slot of a furnished town; its indexes are made anew afterwards, which is quicker than keeping them."""
    opens = datetime.combine(TODAY, OPENS, FACILITY.timezone)
    values: dict[str, object] = {"days": town.days, "slots": town.slots}
    if connection.dialect.name == "postgresql":
        _refill(connection, POSTGRESQL, {**values, "today": TODAY, "opens": opens})
    else:
        utc = (opens - (opens.utcoffset() or timedelta(0))).replace(tzinfo=None)
        _refill(connection, SQLITE, {**values, "today": TODAY.isoformat(), "opens": utc.isoformat(" ")})


def _refill(connection: Connection, statement: str, values: dict[str, object]) -> None:
    for name in INDEXES:
        connection.exec_driver_sql(f"DROP INDEX {name}")
    connection.execute(text(statement.format(columns=COLUMNS)), values)
    for index in slots.indexes:
        index.create(connection)
