"""The acceptance table: every mark names a rule of it, and the page of docs/ says what the marks say."""

import ast
from collections import Counter
from typing import Final

from tests.laws.house import Module
from tests.laws.rulebook import PAGE, collected, read_marks, read_rules, rules_page

PORTALS: Final = {"MONZINO": 27, "EMC": 73, "TELEMED": 40, "MANTOVA": 22, "DIAMED": 16}
KINDS: Final = frozenset("FSMOLRND")
EXAMPLE: Final = """
pytestmark = [pytest.mark.rule("A-1")]

@pytest.mark.rule("A-2", "A-3")
async def test_one(): ...

@pytest.mark.parametrize("x", [pytest.param(1, marks=pytest.mark.rule("A-4"))])
def test_two(x): ...

@pytest.mark.rule("A-5")
@pytest.mark.skip(reason="not ready")
def test_skipped(): ...

@pytest.mark.xfail
@pytest.mark.rule("A-6")
def test_failing(): ...

class TestMany:
    @pytest.mark.rule("A-7")
    def test_three(self): ...
"""


def test_the_table_is_whole() -> None:
    rules = read_rules()
    assert Counter(rule.portal for rule in rules) == PORTALS
    assert [rule.id for rule in rules] == [
        f"{portal}-{n}" for portal, last in PORTALS.items() for n in range(1, last + 1)
    ]
    assert all(rule.text and set(rule.kind.split("/")) <= KINDS for rule in rules)


def test_every_mark_names_a_rule_of_the_table() -> None:
    known = {rule.id for rule in read_rules()}
    assert [mark for mark in read_marks(collected()) if mark.rule not in known] == []


def test_marks_are_found_wherever_they_stand_and_skipped_tests_show_nothing() -> None:
    found = read_marks([Module("tests/test_a.py", EXAMPLE, ast.parse(EXAMPLE))])
    assert {(mark.test, mark.rule) for mark in found} == {
        ("test_one", "A-1"),
        ("test_one", "A-2"),
        ("test_one", "A-3"),
        ("test_two", "A-1"),
        ("test_two", "A-4"),
        ("test_three", "A-1"),
        ("test_three", "A-7"),
    }


def test_the_page_of_the_rules_is_up_to_date() -> None:
    assert PAGE.read_text("utf-8") == rules_page(read_rules(), read_marks(collected())), "run `make docs`"
