"""The page of docs/ about the rules: which are met, and by which tests. `python -m tests.laws.rulebook` writes it."""

import ast
import csv
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tests.laws.house import ROOT, Module, modules_of

TABLE: Final = Path(__file__).with_name("rules.csv")
PAGE: Final = ROOT / "docs" / "rules.md"
SHOWS_NOTHING: Final = frozenset({"skip", "xfail"})
INTRODUCTION: Final = """\
# The rules

What five real patient portals do, as rules that a test can show. A rule is met when somebody can reach it in the bot,
and a test marked with its number shows it: `@pytest.mark.rule("DIAMED-14")`. This page is made from those marks by
`make docs`.

Kinds: **F** feature, **S** step or order, **M** mandatory field, **O** optional field, **L** numeric or time limit,
**R** refusal or precondition, **N** notice that the user must see, **D** data shown."""


@dataclass(frozen=True, slots=True)
class Rule:
    id: str
    kind: str
    text: str

    @property
    def portal(self) -> str:
        return self.id.partition("-")[0]


@dataclass(frozen=True, slots=True)
class Mark:
    """A test that says it shows a rule."""

    rule: str
    test: str
    file: str

    def __str__(self) -> str:
        """The test's name as the sentence it is, leading to its file."""
        sentence = self.test.removeprefix("test_").replace("_", " ")
        return f"[{sentence}](../{self.file})"


def read_rules() -> list[Rule]:
    with TABLE.open(encoding="utf-8", newline="") as file:
        return [Rule(row["id"], row["kind"], row["rule"]) for row in csv.DictReader(file)]


def read_marks(modules: Sequence[Module]) -> list[Mark]:
    """Every mark on every test, in the order of files and lines; tests that are skipped or may fail show nothing."""
    return [mark for module in modules for mark in _marks_in(module)]


def collected() -> list[Module]:
    """The files that pytest collects."""
    return [module for module in modules_of("tests") if module.stem.startswith("test_")]


def rules_page(rules: Sequence[Rule], marks: Sequence[Mark]) -> str:
    """The whole page in Markdown."""
    shown: dict[str, list[str]] = {}
    for mark in marks:
        names = shown.setdefault(mark.rule, [])
        if str(mark) not in names:
            names.append(str(mark))
    portals = list(dict.fromkeys(rule.portal for rule in rules))
    parts = [INTRODUCTION, _summary(portals, rules, shown)]
    for portal in portals:
        rows = [
            (rule.id, rule.kind, rule.text, "<br>".join(shown.get(rule.id, ["not yet"])))
            for rule in rules
            if rule.portal == portal
        ]
        parts += [f"## {portal}", _table(("ID", "Kind", "Rule", "Shown by"), rows)]
    return "\n\n".join(parts) + "\n"


def _summary(portals: Sequence[str], rules: Sequence[Rule], shown: Mapping[str, Sequence[str]]) -> str:
    total = Counter(rule.portal for rule in rules)
    met = Counter(rule.portal for rule in rules if rule.id in shown)
    rows = [(portal, total[portal], met[portal], total[portal] - met[portal]) for portal in portals]
    rows.append(("all", total.total(), met.total(), total.total() - met.total()))
    return _table(("Portal", "Rules", "Met", "Not yet"), rows)


def _table(heads: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join("| " + " | ".join(str(cell) for cell in line) + " |" for line in lines)


def _marks_in(module: Module) -> Iterator[Mark]:
    for_all = [
        mark
        for node in module.tree.body
        if isinstance(node, ast.Assign) and _assigns_marks(node)
        for mark in _pytest_marks(node.value)
    ]
    for node in ast.walk(module.tree):
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) or not node.name.startswith("test_"):
            continue
        marks = [*for_all, *(mark for decorator in node.decorator_list for mark in _pytest_marks(decorator))]
        if not any(name in SHOWS_NOTHING for name, _ in marks):
            yield from (Mark(rule, node.name, module.path) for name, rules in marks if name == "rule" for rule in rules)


def _assigns_marks(node: ast.Assign) -> bool:
    return any(isinstance(target, ast.Name) and target.id == "pytestmark" for target in node.targets)


def _pytest_marks(expression: ast.expr) -> Iterator[tuple[str, list[str]]]:
    """The marks in an expression by name, with the texts among their arguments; lists and parameters included."""
    for node in ast.walk(expression):
        match node:
            case ast.Call(func=ast.Attribute(value=ast.Attribute(attr="mark"), attr=name), args=arguments):
                yield name, [str(it.value) for it in arguments if isinstance(it, ast.Constant)]
            case ast.Attribute(value=ast.Attribute(attr="mark"), attr="skip" | "xfail" as name):
                yield name, []


def main() -> None:
    page = rules_page(read_rules(), read_marks(collected()))
    PAGE.write_text(page, encoding="utf-8")
    sys.stdout.write(f"{PAGE.relative_to(ROOT)}: written\n")


if __name__ == "__main__":
    main()
