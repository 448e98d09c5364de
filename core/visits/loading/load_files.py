"""Loads a clinic's own files: each row checked, the good ones written in small transactions, slots settled last."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Final, TypeVar

from core.clinic import Clinic
from core.progress import Tell
from core.transaction import Transaction
from core.visits.loading.checks import AgendaCheck, good_rows
from core.visits.loading.fields import clinic_row, doctor_row
from core.visits.loading.keep_agendas import Pause, settle_doctor
from core.visits.loading.load_agendas import load_agendas
from core.visits.loading.load_clinics import load_clinics
from core.visits.loading.load_doctors import load_doctors
from core.visits.loading.questions import clinic_codes, doctor_codes, doctors_with_agendas, present_agendas
from core.visits.loading.rejects import Rejects
from core.visits.loading.retire_agendas import retire_agendas
from core.visits.loading.sheet import Line, Sheet, SheetKind
from core.visits.loading.tally import Settled, Tally

ROWS_AT_ONCE: Final = 200
SLOTS: Final = "slots"
T = TypeVar("T")
"""Hears how far what has come: a file by its name and its rows, or `SLOTS` and doctors; done, and of how many."""


@dataclass(frozen=True, slots=True)
class LoadedFile:
    """`removed`: agendas that a whole file no longer names."""

    sheet: Sheet
    tally: Tally
    removed: int
    rejects: Path
    rejected: int


@dataclass(frozen=True, slots=True)
class Loaded:
    files: tuple[LoadedFile, ...]
    slots: Settled | None

    @property
    def rejected(self) -> int:
        return sum(file.rejected for file in self.files)


async def load_files(clinic: Clinic, sheets: Sequence[Sheet], partial: bool, tell: Tell, pause: Pause) -> Loaded:
    """Load the sheets in their order, then settle every doctor's slots, if agendas were among them.

    Agendas that the file no longer names end, unless it is `partial`, or a file of mended rows. Whoever is stopped in
    the middle runs it again, and it is as if it had run once.
    """
    house, files, slots = clinic.clockwork.at_leisure, [], None
    for sheet in sheets:
        with Rejects(sheet) as rejects:
            removed = 0
            if sheet.kind is SheetKind.CLINICS:
                clinics = (row for _, row in good_rows(sheet, clinic_row, rejects, _seen(sheet, tell)))
                tally = await _write(house, load_clinics, clinics, pause)
            elif sheet.kind is SheetKind.DOCTORS:
                doctors = (row for _, row in good_rows(sheet, doctor_row, rejects, _seen(sheet, tell)))
                tally = await _write(house, load_doctors, doctors, pause)
            else:
                tally, removed = await _write_agendas(house, sheet, rejects, partial or sheet.is_mended, tell, pause)
            files.append(LoadedFile(sheet, tally, removed, rejects.file, rejects.count))
    if any(sheet.kind is SheetKind.AGENDAS for sheet in sheets):
        slots = await _settle(house, tell, pause)
    return Loaded(tuple(files), slots)


async def _write_agendas(
    house: Clinic, sheet: Sheet, rejects: Rejects, partial: bool, tell: Tell, pause: Pause
) -> tuple[Tally, int]:
    check = AgendaCheck(await house.read(doctor_codes), await house.read(clinic_codes), rejects)
    check.read(sheet, _seen(sheet, tell))
    present = await house.read(present_agendas)
    check.stand_beside(present, partial=partial)
    removed = 0
    for batch in _batches(() if partial else sorted(set(present) - check.named)):
        removed += await house(retire_agendas, batch)
        await pause()
    return await _write(house, load_agendas, (row for _, row in check.accepted.values()), pause), removed


async def _settle(house: Clinic, tell: Tell, pause: Pause) -> Settled:
    """All of every doctor's slots, whether or not the agenda is new: what went wrong before is mended in passing."""
    settled, doctors = Settled(), await house.read(doctors_with_agendas)
    for done, doctor in enumerate(doctors, start=1):
        settled += await settle_doctor(house, doctor, date.min, pause)
        tell(SLOTS, done, len(doctors))
    return settled


async def _write(
    house: Clinic, use_case: Callable[[Transaction, Sequence[T]], Tally], rows: Iterable[T], pause: Pause
) -> Tally:
    tally = Tally()
    for batch in _batches(rows):
        tally += await house(use_case, batch)
        await pause()
    return tally


def _batches(rows: Iterable[T]) -> Iterator[tuple[T, ...]]:
    waiting = iter(rows)
    while batch := tuple(islice(waiting, ROWS_AT_ONCE)):
        yield batch


def _seen(sheet: Sheet, tell: Tell) -> Callable[[Line], None]:
    done = 0

    def seen(line: Line) -> None:
        nonlocal done
        done += 1
        tell(sheet.file.name, done, sheet.rows)

    return seen
