"""What a run found: a table for the eye, and `results.json` for everything else."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

from rich.console import Console
from rich.table import Table

from bench.figures import Result

RESULTS: Final = Path(__file__).parent / "results.json"


def kept_results() -> dict[str, dict[str, Any]]:
    """The rows of earlier runs, by measure."""
    if not RESULTS.exists():
        return {}
    return {row["id"]: row for row in json.loads(RESULTS.read_text(encoding="utf-8"))}


def keep(results: Iterable[Result]) -> None:
    """Replace the rows of the measures that ran; the others stay as they are."""
    rows = kept_results() | {result.id: result.as_json() for result in results}
    ordered = [rows[measure] for measure in sorted(rows)]
    RESULTS.write_text(json.dumps(ordered, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def show(console: Console, results: Iterable[Result]) -> None:
    table = Table(title="Reception, measured")
    for head in ("", "what", "ours", "baseline", "ratio", "rounds", "bar", ""):
        table.add_column(head, justify="right" if head in ("ours", "baseline", "ratio") else "left")
    for result in results:
        low, high = result.spread
        table.add_row(
            result.id,
            result.what,
            f"{result.value:,.4g}",
            f"{result.baseline:,.4g}",
            f"{result.ratio:.2f}",
            f"{low:g} to {high:g}",
            result.bar,
            "[green]holds[/]" if result.holds else "[red]missed[/]",
        )
    console.print(table)
