"""The house as its laws read it: files, imports, and the functions that act."""

import ast
import importlib
import inspect
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final, get_type_hints

from core.transaction import Reading, Transaction

ROOT: Final = Path(__file__).parents[2]
ROOMS: Final = ("core", "bot", "dialogs", "handlers", "jobs", "locales", "sandbox")
MIGRATIONS: Final = "core/storage/migrations"
NOT_OURS: Final = frozenset({".git", ".venv", "var", "__pycache__", ".hypothesis", "node_modules"})

Act = Callable[..., Any]


@dataclass(frozen=True, slots=True)
class Module:
    """One Python file; `path` is relative to the root, with slashes."""

    path: str
    text: str
    tree: ast.Module

    @property
    def name(self) -> str:
        return self.path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")

    @property
    def stem(self) -> str:
        return Path(self.path).stem

    def imports(self) -> Iterator[tuple[str, int]]:
        """Everything imported anywhere in the file, by its full dotted name, with the line."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Import):
                for alias in node.names:
                    yield alias.name, node.lineno
            elif isinstance(node, ast.ImportFrom):
                above = self.path.split("/")[: -node.level] if node.level else []
                package = [*above, node.module] if node.module else above
                for alias in node.names:
                    yield ".".join([*package, alias.name]), node.lineno


def files() -> Iterator[Path]:
    """Every file of the house: what is kept, without what tools leave behind."""
    waiting = [ROOT]
    while waiting:
        for entry in sorted(waiting.pop().iterdir()):
            if entry.name in NOT_OURS or entry.name.endswith("_cache"):
                continue
            if entry.is_dir():
                waiting.append(entry)
            elif entry.name != ".env":
                yield entry


@cache
def all_modules() -> tuple[Module, ...]:
    """Every Python file, in the order of their paths."""
    found = []
    for file in files():
        if file.suffix == ".py":
            text = file.read_text(encoding="utf-8")
            found.append(Module(file.relative_to(ROOT).as_posix(), text, ast.parse(text, str(file))))
    return tuple(sorted(found, key=lambda module: module.path))


def modules_of(*rooms: str) -> list[Module]:
    return [module for module in all_modules() if module.path.split("/")[0] in rooms]


def load_room(room: str) -> list[Any]:
    """Every module of a room, imported; migrations run inside Alembic alone."""
    paths = [module for module in modules_of(room) if not module.path.startswith(MIGRATIONS)]
    return [importlib.import_module(module.name) for module in paths]


@cache
def use_cases() -> tuple[Act, ...]:
    """Every function of core that takes a Transaction first."""
    return tuple(_acts_on(Transaction))


@cache
def questions() -> tuple[Act, ...]:
    """Every function of core that takes a Reading first."""
    return tuple(_acts_on(Reading))


def _acts_on(kind: type) -> Iterator[Act]:
    for module in load_room("core"):
        for name, function in vars(module).items():
            ours = inspect.isfunction(function) and function.__module__ == module.__name__
            if ours and not name.startswith("_") and first_parameter(function) is kind:
                yield function


def first_parameter(function: Act) -> Any:
    """The type of the first parameter; None where there is none."""
    names = list(inspect.signature(function).parameters)
    return get_type_hints(function).get(names[0]) if names else None


def where(function: Act) -> str:
    """The file and the line of a function, for whoever has to mend it."""
    file = Path(inspect.getsourcefile(function) or "").relative_to(ROOT).as_posix()
    return f"{file}:{inspect.getsourcelines(function)[1]}: {function.__name__}"
