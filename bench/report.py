"""What a run found: a table for the eye, `results.json` for everything else, and the table of docs/performance.md."""

import json
from collections.abc import Iterable, Sequence
from math import isnan
from pathlib import Path
from typing import Any, Final

from rich.console import Console
from rich.table import Table

from bench.figures import Result
from bench.measures import order

RESULTS: Final = Path(__file__).parent / "results.json"
PAGE: Final = Path(__file__).parents[1] / "docs" / "performance.md"
BEGINS: Final = "<!-- from bench/results.json: python -m bench report -->"
ENDS: Final = "<!-- to here -->"
HEADS: Final = ("", "what", "ours", "baseline", "naive", "ratio", "rounds", "bar", "")
FIGURES: Final = ("ours", "baseline", "naive", "ratio")


def kept_rows() -> list[Result]:
    """The rows of all runs so far, in order."""
    if not RESULTS.exists():
        return []
    rows = json.loads(RESULTS.read_text(encoding="utf-8"))
    return in_order(Result(**{**row, "spread": tuple(row["spread"])}) for row in rows)


def keep(results: Iterable[Result]) -> None:
    """Replace the rows of the measures that ran; the others stay as they are."""
    rows = {row.id: row for row in (*kept_rows(), *results)}
    ordered: list[dict[str, Any]] = [row.as_json() for row in in_order(rows.values())]
    RESULTS.write_text(json.dumps(ordered, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def show(console: Console, results: Iterable[Result]) -> None:
    table = Table(title="Reception, measured")
    for head in HEADS:
        table.add_column(head, justify="right" if head in FIGURES else "left", no_wrap=head != "what")
    for result in in_order(results):
        table.add_row(*_cells(result), "[green]holds[/]" if result.holds else "[red]missed[/]")
    console.print(table)


def page_table(results: Sequence[Result]) -> str:
    """The same in Markdown."""
    lines = [HEADS, ["--:" if head in FIGURES else "---" for head in HEADS]]
    lines += [(*_cells(result), "holds" if result.holds else "**missed**") for result in in_order(results)]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def write_page(results: Sequence[Result]) -> None:
    """Bring the page's table to these rows; the words around it stay."""
    PAGE.write_text(with_table(PAGE.read_text(encoding="utf-8"), results), encoding="utf-8")


def with_table(page: str, results: Sequence[Result]) -> str:
    before, _, rest = page.partition(BEGINS)
    _, _, after = rest.partition(ENDS)
    return f"{before}{BEGINS}\n\n{page_table(results)}\n\n{ENDS}{after}"


def in_order(results: Iterable[Result]) -> list[Result]:
    return sorted(results, key=lambda result: order(result.id))


def _cells(result: Result) -> tuple[str, ...]:
    low, high = result.spread
    return (
        result.id,
        result.what,
        _figure(result.value),
        _figure(result.baseline),
        "" if result.naive is None else _figure(result.naive),
        "" if isnan(result.ratio) else f"{result.ratio:.2f}",
        f"{low:g}" if low == high else f"{low:g} to {high:g}",
        result.bar,
    )


def _figure(figure: float) -> str:
    return f"{figure:,.0f}" if abs(figure) >= 1000 else f"{figure:.4g}"
