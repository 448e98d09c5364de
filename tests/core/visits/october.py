"""A clinic around the night in which the clocks go back, and a look into its memory past every store."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from typing import Any, Final

from sqlalchemy import Select, create_engine, make_url, select

from core.alerts.tables import alerts
from core.clinic import Clinic
from core.identity.account import SmsWish
from core.identity.person import CLOCKWORK
from core.identity.tables import accounts
from core.intake.tables import effects
from core.storage.database import Database
from core.support.tables import cases
from core.visits.doctor import DoctorId
from core.visits.loading.keep_agendas import settle_doctor
from core.visits.loading.load_agendas import load_agendas
from core.visits.loading.load_clinics import load_clinics
from core.visits.loading.load_doctors import load_doctors
from core.visits.loading.retire_agendas import retire_agendas
from core.visits.loading.rows import AgendaRow, ClinicRow, DoctorRow
from core.visits.tables import agendas, doctors, holds, slots, visits
from tests.core.visits.loading.office import no_pause
from tests.stage.house import PROFILE, policy
from tests.stage.stage import StandingClock

NOTICE: Final = timedelta(hours=2)
FACILITY: Final = policy(cancellation_notice=NOTICE)
THURSDAY: Final = datetime(2026, 10, 22, 10, tzinfo=PROFILE.timezone).astimezone(UTC)
CLINICS: Final = (
    ClinicRow("SKIN", "Poradnia dermatologiczna", "ul. Lipowa 4", ""),
    ClinicRow("BONE", "Poradnia ortopedyczna", "ul. Lipowa 5", ""),
)
DOCTORS: Final = (DoctorRow("ZIMA", "dr Jan Zima", "Zima"), DoctorRow("LATO", "dr Ewa Lato", "Lato"))


def _zima(code: str, day: int) -> AgendaRow:
    on = date(2026, 10, day)
    return AgendaRow(code, "ZIMA", "SKIN", on.weekday(), time(9), time(10), 30, on, on)


def _lato(code: str, day: int, opens: int = 9) -> AgendaRow:
    """Longer visits than the other doctor's, so that two may overlap in part."""
    on = date(2026, 10, day)
    return AgendaRow(code, "LATO", "BONE", on.weekday(), time(opens), time(opens + 1, 30), 45, on, on)


AGENDAS: Final = {
    agenda.code: agenda
    for agenda in (
        _zima("Z1", 23),
        _zima("Z2", 24),
        _zima("Z3", 26),
        _lato("L1", 23),
        _lato("L2", 25, opens=1),  # into the hour that comes twice
        _lato("L3", 26),
    )
}

Facts = dict[str, dict[Any, tuple[Any, ...]]]
"""What stands in the memory: for each table its rows, by what names them."""


@asynccontextmanager
async def desk_on(url: str, clock: StandingClock, chance: int) -> AsyncIterator[Clinic]:
    """One process's clinic, acting as the clockwork."""
    desk = Clinic(Database.at(url), FACILITY, clock, Random(chance), CLOCKWORK)
    try:
        yield desk
    finally:
        await desk.database.close()


async def furnish_october(url: str) -> None:
    """Two doctors with an agenda for each of their days."""
    async with desk_on(url, StandingClock(THURSDAY), chance=3) as desk:
        await desk(load_clinics, CLINICS)
        await desk(load_doctors, DOCTORS)
        await desk(load_agendas, [*AGENDAS.values()])
        with closing(Watch(url)) as watch:
            for doctor in watch.doctors.values():
                await settle_doctor(desk, doctor, date.min, no_pause)


async def change_agenda(desk: Clinic, doctor: DoctorId, code: str, works: bool) -> None:
    """The doctor has this day off, or works then after all; as an import of the agendas would do it."""
    if works:
        await desk(load_agendas, [AGENDAS[code]])
    else:
        await desk(retire_agendas, [code])
    await settle_doctor(desk, doctor, date.min, no_pause)


class Watch:
    """Sees everything that booking may change, on a connection of its own, and takes it back to where it began."""

    def __init__(self, url: str) -> None:
        parsed = make_url(url)
        if parsed.get_backend_name() == "postgresql":
            parsed = parsed.set(drivername="postgresql+psycopg")
        self._engine = create_engine(parsed)
        with self._engine.connect() as connection:
            coded = connection.execute(select(doctors.c.code, doctors.c.id).where(doctors.c.code.is_not(None)))
            self.doctors: dict[str, DoctorId] = {code: doctor for code, doctor in coded}
            self._ours = {table: table.c.doctor_id.in_(self.doctors.values()) for table in (agendas, slots)}
            self._at_first = {
                table: [dict(row._mapping) for row in connection.execute(select(table).where(ours))]
                for table, ours in self._ours.items()
            }

    def close(self) -> None:
        self._engine.dispose()

    def begin_anew(self) -> None:
        """As if nobody had booked or wished for anything yet."""
        with self._engine.begin() as connection:
            for table in (alerts, cases, holds, visits, effects):
                connection.execute(table.delete())
            for table in (slots, agendas):
                connection.execute(table.delete().where(self._ours[table]))
            for table, rows in self._at_first.items():
                connection.execute(table.insert(), rows)
            connection.execute(accounts.update().values(sms_reminders=SmsWish.WHEN_NEEDED, reminder_hour=None))

    def facts(self) -> Facts:
        """Everything, each row under what names it."""
        with self._engine.connect() as connection:
            return {
                table: {row[0]: tuple(row[1:]) for row in connection.execute(query)}
                for table, query in self._queries().items()
            }

    def _queries(self) -> dict[str, Select[Any]]:
        moments = (slots.c.starts_at, slots.c.ends_at)
        visit = (visits.c.patient_id, visits.c.slot_id, visits.c.starts_at, visits.c.status, visits.c.version)
        return {
            "slots": select(slots.c.id, slots.c.doctor_id, *moments, slots.c.free, slots.c.removed).where(
                self._ours[slots]
            ),
            "visits": select(visits.c.id, *visit),
            "holds": select(holds.c.slot_id, holds.c.patient_id, holds.c.expires_at),
            "alerts": select(alerts.c.dedupe_key, alerts.c.state, alerts.c.due_at, alerts.c.account_id),
            "cases": select(cases.c.dedupe_key),
            "effects": select(effects.c.key),
        }
