"""A use case is a plain function of a transaction: one a file, waiting for nothing, calling no other."""

import inspect
from types import MappingProxyType
from typing import Final

import pytest

from core.identity.change_password import change_password
from core.identity.correct_email import correct_email
from core.identity.issue_password import issue_password
from core.identity.open_account import open_account
from core.identity.open_session import open_session
from core.identity.questions import credentials_of, password_rules
from tests.laws.house import Act, first_parameter, load_room, modules_of, questions, use_cases, where

# What only the named files may use: it believes that a password was proved, or shows what only the proof may see.
ONLY_FOR: Final = MappingProxyType(
    {
        open_session: {"core/identity/log_in.py"},
        credentials_of: {"core/identity/log_in.py"},
        change_password: {"core/identity/choose_password.py"},
        password_rules: {"core/identity/choose_password.py"},
        open_account: {"core/identity/sign_up.py"},
        correct_email: {"core/identity/sign_up.py"},
        issue_password: {"core/identity/sign_up.py"},
    }
)


def test_the_house_has_use_cases_and_questions() -> None:
    assert len(use_cases()) > 10
    assert len(questions()) > 10


@pytest.mark.parametrize("act", [*use_cases(), *questions()], ids=lambda act: act.__name__)
def test_use_cases_and_questions_wait_for_nothing(act: Act) -> None:
    assert not inspect.iscoroutinefunction(act), where(act)
    assert not inspect.isgeneratorfunction(act), where(act)
    assert not inspect.isasyncgenfunction(act), where(act)


@pytest.mark.parametrize("use_case", use_cases(), ids=lambda act: act.__name__)
def test_a_use_case_stands_in_a_file_of_its_name(use_case: Act) -> None:
    assert use_case.__module__.split(".")[-1] == use_case.__name__, where(use_case)
    assert next(iter(inspect.signature(use_case).parameters)) == "tx", where(use_case)


@pytest.mark.parametrize("question", questions(), ids=lambda act: act.__name__)
def test_questions_stand_together(question: Act) -> None:
    assert question.__module__.split(".")[-1] == "questions", where(question)


def test_a_file_named_by_a_verb_and_a_noun_holds_what_it_promises() -> None:
    """What the files promise is what the clinic does: nothing takes a transaction anywhere else in core."""
    homes = {use_case.__module__ for use_case in use_cases()}
    for module in load_room("core"):
        own = [it for it in vars(module).values() if inspect.isfunction(it) and it.__module__ == module.__name__]
        with_transaction = [it for it in own if getattr(first_parameter(it), "__name__", "") == "Transaction"]
        assert not with_transaction or module.__name__ in homes, module.__name__
        assert sum(not it.__name__.startswith("_") for it in with_transaction) <= 1, module.__name__


def test_a_use_case_calls_no_other() -> None:
    names = {f"{use_case.__module__}.{use_case.__name__}" for use_case in use_cases()}
    files = {use_case.__module__ for use_case in use_cases()}
    for module in modules_of("core"):
        if module.name in files:
            assert [name for name, _ in module.imports() if name in names] == [], module.path


@pytest.mark.parametrize("act", ONLY_FOR, ids=lambda act: act.__name__)
def test_what_trusts_a_proved_password_is_used_by_log_in_alone(act: Act) -> None:
    name = f"{act.__module__}.{act.__name__}"
    users = {
        module.path
        for module in modules_of("core", "bot", "dialogs", "handlers", "jobs", "main.py")
        for imported, _ in module.imports()
        if imported == name
    }
    assert users == ONLY_FOR[act]
