"""Nothing works behind an update's back: no background manager, no detached task, no handler in a thread."""

import ast
import inspect
from collections.abc import Iterator
from random import Random
from types import MappingProxyType
from typing import Any, Final

import pytest
from aiogram import Dispatcher, Router
from aiogram.dispatcher.event.event import EventObserver
from aiogram.dispatcher.event.handler import CallableObject
from aiogram_dialog.api.entities import DIALOG_EVENT_NAME
from argon2 import PasswordHasher

from bot.dispatcher import build_dispatcher
from bot.metrics import Metrics
from core.clinic import Clinic
from core.facility.read_profile import read_profile
from core.identity.hasher import Hasher
from core.identity.sign_up import SignUp
from core.seal import Seal
from core.storage.database import Database
from locales.translator import load_translators
from tests.laws.house import Module, modules_of
from tests.stage.stage import FACILITY, StandingClock

OUR_ROOMS: Final = ("core", "bot", "dialogs", "handlers", "jobs", "locales", "main.py")
OWN_THEIR_TASKS: Final = MappingProxyType(
    {
        "bot/intake/worker.py": "one task a chat, in a TaskGroup",
        "jobs/send_alerts.py": "a few carriers a tick, in a TaskGroup",
        "bot/counter.py": "what runs for as long as the counter, in a TaskGroup",
        "bot/vitals.py": "asks the database for whoever may not wait, in a TaskGroup",
        "bot/shared/open_pace.py": "what keeps replicas in step, in a TaskGroup",
        "jobs/office.py": "the line to the mobile networks, in a TaskGroup",
    }
)
DETACHED: Final = frozenset({"ensure_future", "run_coroutine_threadsafe", "call_soon", "call_later", "call_at"})


def faults_of(module: Module) -> Iterator[str]:
    for node in ast.walk(module.tree):
        match node:
            case ast.Attribute(attr="bg" | "NEW_STACK" as name) | ast.alias(name="NEW_STACK" as name):
                yield f"{module.path}:{node.lineno}: {name}"
            case (
                ast.Attribute(value=ast.Name("asyncio"), attr="create_task" as name)
                | ast.alias(name="create_task" as name)
            ):
                yield f"{module.path}:{node.lineno}: asyncio.{name}"
            case ast.Attribute(attr="create_task" as name) if module.path not in OWN_THEIR_TASKS:
                yield f"{module.path}:{node.lineno}: {name}"
            case ast.Attribute(attr=name) | ast.alias(name=name) if name in DETACHED:
                yield f"{module.path}:{node.lineno}: {name}"


def test_no_room_starts_what_it_does_not_wait_for() -> None:
    assert [fault for module in modules_of(*OUR_ROOMS) for fault in faults_of(module)] == []


@pytest.mark.parametrize(
    "line",
    [
        "manager.bg().update({})",
        "manager.start(state, mode=StartMode.NEW_STACK)",
        "asyncio.create_task(work())",
        "from asyncio import create_task",
        "asyncio.ensure_future(work())",
        "loop.call_later(1, work)",
        "loop.create_task(work())",
    ],
)
def test_the_law_sees_every_way_of_starting_it(line: str) -> None:
    assert list(faults_of(Module("handlers/start.py", line, ast.parse(line))))


def test_the_few_places_with_tasks_own_them_in_a_group() -> None:
    for module in modules_of(*OUR_ROOMS):
        if module.path in OWN_THEIR_TASKS:
            assert "asyncio.TaskGroup()" in module.text, module.path


@pytest.fixture
async def dispatcher(tmp_path: Any) -> Any:
    database = Database.at(f"sqlite:///{tmp_path / 'reception.db'}")
    clinic = Clinic(database, read_profile(FACILITY), StandingClock(), Random(1))
    hasher = Hasher(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
    yield build_dispatcher(clinic, load_translators(), hasher, SignUp(hasher, Seal("a secret of the tests")), Metrics())
    await database.close()


def routers_from(router: Router) -> Iterator[Router]:
    yield router
    for below in router.sub_routers:
        yield from routers_from(below)


def registered(dispatcher: Dispatcher) -> Iterator[tuple[str, CallableObject]]:
    """Every handler and every filter, each with where it stands.

    Left out is the dialogs' own background event: it can only come from `bg()`, which nothing may call.
    """
    for router in routers_from(dispatcher):
        for event, observer in router.observers.items():
            if event != DIALOG_EVENT_NAME:
                for handler in [*observer.handlers, observer._handler]:
                    own = handler is not observer._handler
                    for called in [*([handler] if own else []), *(handler.filters or [])]:
                        yield f"{router.name}, {event}: {called.callback}", called
        for lifecycle in (router.startup, router.shutdown):
            assert isinstance(lifecycle, EventObserver)
            yield from ((f"{router.name}: {called.callback}", called) for called in lifecycle.handlers)


def middlewares(dispatcher: Dispatcher) -> Iterator[tuple[str, Any]]:
    for router in routers_from(dispatcher):
        for event, observer in router.observers.items():
            for middleware in [*observer.middleware, *observer.outer_middleware]:
                yield f"{router.name}, {event}: {middleware}", middleware


def test_every_handler_and_every_filter_is_async(dispatcher: Dispatcher) -> None:
    """What is not async, `F.` included, aiogram runs in a thread: out of order, and out of the update's context."""
    found = list(registered(dispatcher))
    assert len(found) > 30
    assert [place for place, called in found if not called.awaitable] == []
    assert [place for place, called in found if not is_async(called.callback)] == []


def test_every_middleware_is_async(dispatcher: Dispatcher) -> None:
    assert [place for place, middleware in middlewares(dispatcher) if not is_async(middleware)] == []


def is_async(called: Any) -> bool:
    plain = inspect.unwrap(called)
    called_as_object = inspect.getattr_static(type(plain), "__call__", None)
    return inspect.iscoroutinefunction(plain) or inspect.iscoroutinefunction(called_as_object)
