"""What the clinic's own people do from a terminal: load their data, read the list of cases."""

import asyncio
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from bot.progress import show_progress
from core.clinic import Clinic
from core.demo.questions import holds_demo
from core.support.page import cases_page
from core.support.questions import open_cases
from core.visits.loading.load_files import load_files
from core.visits.loading.sheet import UnusableFile, open_sheets
from core.visits.loading.summary import summary

ALL_LOADED: Final = 0
SOME_REJECTED: Final = 1
NOT_LOADED: Final = 2
DESKS_TURN_SECONDS: Final = 0.02
DEMO_THERE: Final = "This database holds the demo clinic. Choose another DATABASE_URL for a clinic of your own."


async def let_the_desk_work() -> None:
    """Between two transactions: on SQLite one writer at a time has its turn."""
    await asyncio.sleep(DESKS_TURN_SECONDS)


async def import_files(clinic: Clinic, files: Sequence[Path], partial: bool) -> int:
    """Load the files and say what came of it; returns the exit code."""
    if await clinic.clockwork.read(holds_demo):
        return _fails(DEMO_THERE)
    try:
        sheets = open_sheets(files)
        with show_progress() as tell:
            loaded = await load_files(clinic, sheets, partial, tell, let_the_desk_work)
    except UnusableFile as unusable:
        return _fails(str(unusable))
    sys.stdout.write("".join(line + "\n" for line in summary(loaded)))
    return SOME_REJECTED if loaded.rejected else ALL_LOADED


async def print_cases(clinic: Clinic) -> None:
    """The operators' list: whom to call, and why."""
    sys.stdout.write(cases_page(await clinic.clockwork.read(open_cases), clinic.facility.timezone))


def _fails(why: str) -> int:
    sys.stderr.write(why + "\n")
    return NOT_LOADED
