"""Curves as files: the figures as JSON, the picture as SVG, the same picture from the same figures."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

import matplotlib as mpl
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter

SIZE_INCHES: Final = (7.2, 4.0)


@dataclass(frozen=True, slots=True)
class Line:
    name: str
    figures: Sequence[float]


@dataclass(frozen=True, slots=True)
class Curve:
    """`across` is what grows, `up` the unit of the figures; `at` has one number for each figure of a line."""

    name: str
    title: str
    across: str
    up: str
    at: Sequence[float]
    lines: Sequence[Line]


def keep(curve: Curve, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{curve.name}.json").write_text(json.dumps(asdict(curve), indent=2) + "\n", encoding="utf-8")


def kept(name: str, folder: Path) -> Curve:
    found: dict[str, Any] = json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))
    return Curve(**{**found, "lines": [Line(**line) for line in found["lines"]]})


def draw(curve: Curve, folder: Path) -> None:
    """What grows is drawn by how many times it grew, with a mark where a figure was taken."""
    # Ids in an SVG are drawn by chance where nobody says from what.
    with mpl.rc_context({"svg.hashsalt": "reception", "svg.fonttype": "none", "font.family": "sans-serif"}):
        figure = Figure(figsize=SIZE_INCHES, layout="constrained")
        axes = figure.subplots()
        for line in curve.lines:
            axes.plot(curve.at, line.figures, marker="o", label=line.name)
        axes.set(title=curve.title, xlabel=curve.across, ylabel=curve.up, xscale="log", ylim=(0, None))
        axes.set_xticks(curve.at, minor=False)
        axes.set_xticks([], minor=True)
        axes.xaxis.set_major_formatter(FuncFormatter(lambda number, place: f"{number:,.0f}"))
        axes.grid(alpha=0.3)
        axes.legend()
        figure.savefig(folder / f"{curve.name}.svg", metadata={"Date": None})
