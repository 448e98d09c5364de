"""Imports point inwards: the table of rooms as an allow-list, read from every import of every module."""

import ast
import sys
from collections.abc import Iterator
from types import MappingProxyType
from typing import Final

import pytest

from tests.laws.house import ROOMS, Module, modules_of

TELEGRAM: Final = frozenset({"aiogram", "aiogram_dialog"})
MAY_IMPORT: Final = MappingProxyType(
    {
        "core": {"core", "stdnum", "phonenumbers", "argon2", "icalendar", "dateutil", "cryptography"}
        | {"anyascii", "email_validator", "holidays"},
        "bot": {"bot", "core", "dialogs", "handlers", "locales", "aiohttp", *TELEGRAM}
        | {"pydantic", "pydantic_settings", "structlog", "prometheus_client", "redis"},
        "dialogs": {"dialogs", "core", "locales", *TELEGRAM},
        "handlers": {"handlers", "dialogs", "core", "locales", *TELEGRAM},
        "jobs": {"jobs", "core", "locales", "telegram", "apscheduler", "aiosmtplib", "aiohttp"}
        | {"aiosmpplib", "anyascii"},
        "locales": {"locales", "babel"},
        "sandbox": {"sandbox", "aiohttp", "aiosmtpd"},
    }
)
# Where the house departs from its table: a file or a folder, what is imported there, and why.
DEPARTURES: Final = MappingProxyType(
    {
        ("core/storage/", "alembic"): "the migrations live in storage/",
        ("core/storage/", "asyncpg"): "an advisory lock is a connection of its own; names what its driver raises",
        ("bot/progress.py", "rich"): "draws how far something long has come, on a terminal",
        ("jobs/send_alerts.py", "structlog"): "says how each alert ended",
        ("jobs/tell_operators.py", "structlog"): "says that the operators' chat takes nothing",
        ("jobs/mail/", "structlog"): "says at which step a mail server refused, for whoever runs the clinic",
        ("jobs/mail/courier.py", "cryptography"): "names what is raised for a password that does not open any more",
        ("sandbox/hearing/webhook_address.py", "yarl"): "aiohttp's own kind of address, which it takes and gives",
        ("jobs/sms/", "structlog"): "says why a gateway did not take a message, and when its line breaks",
    }
)
WAITING_IN_CORE: Final = MappingProxyType(
    {
        "core/clinic.py": "does all the awaiting, once",
        "core/identity/hasher.py": "hashes in a thread, two at a time",
        "core/storage/pen.py": "a thread writes, and whoever waits for it waits in the loop",
        "core/storage/postgresql.py": "gives a server that fell silent so long, and no longer",
        "core/storage/sqlite.py": "a question that finds the file locked waits in a thread",
        "core/storage/migrate.py": "waits for another process that is opening the same new file",
    }
)
MEMORY: Final = frozenset({"storage", "tables", "store"})


def knows_sqlalchemy(module: Module) -> bool:
    return (
        module.path.startswith("core/storage/")
        or module.path == "core/clinic.py"
        or module.path.split("/")[-1] in {"tables.py", "store.py"}
        or "/store/" in module.path
    )


def departs(path: str, imported: str, departure: tuple[str, str]) -> bool:
    place, name = departure
    return path.startswith(place) and f"{imported}.".startswith(f"{name}.")


def may_import(room: str, module: Module, imported: str) -> bool:
    package, *rest = imported.split(".")
    if package in sys.stdlib_module_names or any(departs(module.path, imported, it) for it in DEPARTURES):
        return True
    if room == "core" and package == "sqlalchemy":
        return knows_sqlalchemy(module)
    if room != "core" and package == "core" and MEMORY & set(rest):
        return False
    return package in MAY_IMPORT[room]


def faults_of(room: str) -> Iterator[str]:
    for module in modules_of(room):
        for imported, line in module.imports():
            if not may_import(room, module, imported):
                yield f"{module.path}:{line}: {imported}"


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_imports_only_what_the_table_allows(room: str) -> None:
    assert list(faults_of(room)) == []


def test_every_room_of_the_table_has_modules() -> None:
    assert set(MAY_IMPORT) == set(ROOMS)
    assert all(modules_of(room) for room in ROOMS)


def test_every_departure_from_the_table_is_still_needed() -> None:
    imported = [(module.path, name) for module in modules_of(*ROOMS) for name, _ in module.imports()]
    unused = [it for it in DEPARTURES if not any(departs(path, name, it) for path, name in imported)]
    assert unused == []


def test_core_waits_for_nothing_but_in_its_few_named_places() -> None:
    imported = [(module.path, name.split(".")[0]) for module in modules_of("core") for name, _ in module.imports()]
    assert {path for path, package in imported if package == "asyncio"} == set(WAITING_IN_CORE)


@pytest.mark.parametrize(
    ("path", "source", "imported"),
    [
        ("jobs/a.py", "import dialogs.states", ["dialogs.states"]),
        ("core/a/b.py", "from . import store", ["core.a.store"]),
        ("core/a/b.py", "from ..storage import database", ["core.storage.database"]),
        ("bot/a.py", "if TYPE_CHECKING:\n    from core.visits import tables", ["core.visits.tables"]),
        ("bot/a.py", "def f():\n    import core.clinic as c, re", ["core.clinic", "re"]),
    ],
)
def test_imports_are_found_wherever_they_hide(path: str, source: str, imported: list[str]) -> None:
    assert [name for name, _ in Module(path, source, ast.parse(source)).imports()] == imported


@pytest.mark.parametrize(
    ("path", "imported"),
    [
        ("core/visits/slot.py", "sqlalchemy.select"),
        ("core/visits/slot.py", "aiogram.Bot"),
        ("core/alerts/alert.py", "locales.marks.N_"),
        ("dialogs/patient/menu.py", "core.visits.store.VisitStore"),
        ("dialogs/patient/menu.py", "bot.refusals.WORDS"),
        ("handlers/commands.py", "core.storage.database.Database"),
        ("bot/intake/worker.py", "sqlalchemy.select"),
        ("jobs/ticker.py", "dialogs.states"),
        ("locales/dates.py", "core.clock.Clock"),
        ("sandbox/app.py", "core.clock.Clock"),
    ],
)
def test_an_arrow_that_points_outwards_is_refused(path: str, imported: str) -> None:
    assert not may_import(path.split("/")[0], Module(path, "", ast.parse("")), imported)
