"""A back office with files on its desk: it writes them down, loads them, and looks at what came of it."""

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from core.visits.book_visit import book_visit
from core.visits.loading.load_files import Loaded, load_files
from core.visits.loading.sheet import open_sheets
from core.visits.slot import SlotId
from core.visits.visit import VisitId
from tests.stage.house import PROFILE, House
from tests.stage.small_clinic import Somebody

CLINICS: Final = """\
code,name,address,preparation
SKIN,Poradnia dermatologiczna,ul. Lipowa 4,
BONE,Poradnia ortopedyczna,ul. Lipowa 5,
"""
DOCTORS: Final = """\
code,name,surname
ZIMA,dr Jan Zima,Zima
LATO,dr Ewa Lato,Lato
"""
AGENDAS: Final = "code,doctor,clinic,weekday,starts,ends,visit_minutes,valid_from,valid_until\n"


async def no_pause() -> None:
    """Nobody else is waiting."""


def no_progress(what: str, done: int, of: int) -> None:
    """Nobody is looking."""


@dataclass(frozen=True)
class Office:
    house: House
    folder: Path

    def writes(self, name: str, text: str) -> Path:
        file = self.folder / name
        file.write_text(text, "utf-8")
        return file

    async def load(self, *, partial: bool = False, **texts: str) -> Loaded:
        """Load these texts; `clinics`, `doctors` and `agendas` with their header."""
        files = [self.writes(f"{name}.csv", text) for name, text in texts.items()]
        return await self.load_files(*files, partial=partial)

    async def load_files(self, *files: Path, partial: bool = False) -> Loaded:
        return await load_files(self.house.clinic, open_sheets(files), partial, no_progress, no_pause)

    async def agendas(self, *rows: str, partial: bool = False) -> Loaded:
        """Load agendas, each `code,doctor,clinic,weekday,starts,ends,visit_minutes,valid_from,valid_until`."""
        return await self.load(partial=partial, agendas=AGENDAS + "".join(f"{row}\n" for row in rows))

    def offered(self, code: str, month: int, day: int, year: int = 2026) -> list[str]:
        """The doctor's free slots of one day: time on the wall, minutes, clinic."""
        query = """
            SELECT slots.starts_at, slots.ends_at, clinics.code FROM slots JOIN doctors ON doctors.id = slots.doctor_id
            JOIN clinics ON clinics.id = slots.clinic_id
            WHERE doctors.code = ? AND slots.day = ? AND slots.free ORDER BY slots.starts_at
        """
        day_text = f"{year}-{month:02}-{day:02}"
        return [
            f"{wall(starts)} {minutes_between(starts, ends)} {clinic}"
            for starts, ends, clinic in self.house.rows(query, code, day_text)
        ]

    def slot(self, code: str, month: int, day: int, hour: int, minute: int = 0) -> SlotId:
        """The doctor's slot in 2026 that has not been removed."""
        starts = datetime(2026, month, day, hour, minute, tzinfo=PROFILE.timezone).astimezone(UTC)
        query = """
            SELECT slots.id FROM slots JOIN doctors ON doctors.id = slots.doctor_id
            WHERE doctors.code = ? AND starts_at = ? AND NOT removed
        """
        return SlotId(self.house.row(query, code, starts.strftime("%Y-%m-%d %H:%M:%S.%f"))[0])

    def state(self, slot: SlotId) -> tuple[bool, bool] | None:
        """Whether the slot is free and whether it is removed; None where it is gone."""
        found = self.house.rows("SELECT free, removed FROM slots WHERE id = ?", slot)
        return (bool(found[0][0]), bool(found[0][1])) if found else None

    async def books(self, who: Somebody, slot: SlotId) -> VisitId:
        return await self.house.as_(who)(book_visit, slot)

    def everything(self) -> list[list[tuple[Any, ...]]]:
        """All that loading may change."""
        tables = ("clinics", "doctors", "agendas", "slots", "cases")
        return [self.house.rows(f"SELECT * FROM {table} ORDER BY id") for table in tables]


def wall(moment: str) -> str:
    """The time on Warsaw's walls of a moment as the memory shows it."""
    aware = datetime.fromisoformat(moment).replace(tzinfo=UTC)
    return aware.astimezone(PROFILE.timezone).strftime("%H:%M")


def minutes_between(starts: str, ends: str) -> int:
    return int((datetime.fromisoformat(ends) - datetime.fromisoformat(starts)).total_seconds() // 60)
