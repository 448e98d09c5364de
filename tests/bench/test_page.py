"""The page about performance shows what was measured, and nothing else."""

import re
from pathlib import Path

from bench.drawing import Curve, Line, draw, keep, kept
from bench.figures import Result
from bench.report import PAGE, kept_rows, page_table, with_table

PLOTS = PAGE.parent / "plots"
ROW = Result("P1", "a cost", 1234.5, 2.0, "at most 2 of the baseline", False, (0.5, 3.0), 7.25)


def test_the_table_on_the_page_is_that_of_the_kept_results() -> None:
    page = PAGE.read_text("utf-8")
    assert page == with_table(page, kept_rows())


def test_what_stands_around_the_table_stays() -> None:
    page = PAGE.read_text("utf-8")
    written = with_table(page, [ROW])
    assert with_table(written, kept_rows()) == page


def test_a_row_tells_naive_ratio_and_verdict() -> None:
    [_, _, row] = page_table([ROW]).splitlines()
    cells = [cell.strip() for cell in row.strip("|").split("|")]
    bar = "at most 2 of the baseline"
    assert cells == ["P1", "a cost", "1,234", "2", "7.25", "617.25", "0.5 to 3", bar, "**missed**"]


def test_of_nothing_out_of_nothing_there_is_no_ratio() -> None:
    lost = Result("R-updates", "lost", 0.0, 0.0, "none", True, (0.0, 0.0), 3397.0)
    assert "| R-updates | lost | 0 | 0 | 3,397 |  | 0 | none | holds |" in page_table([lost])


def test_every_picture_on_the_page_is_there_with_a_figure_for_each_of_its_points() -> None:
    shown = re.findall(r"\(plots/([a-z-]+)\.svg\)", PAGE.read_text("utf-8"))
    assert shown
    for name in shown:
        assert (PLOTS / f"{name}.svg").is_file()
        curve = kept(name, PLOTS)
        assert {len(line.figures) for line in curve.lines} == {len(curve.at)}


def test_the_same_figures_make_the_same_picture(tmp_path: Path) -> None:
    curve = Curve("rate", "A rate", "chats", "updates a second", [1.0, 10.0], [Line("ours", [1.0, 2.0])])
    keep(curve, tmp_path)
    assert kept("rate", tmp_path) == curve
    draw(curve, tmp_path)
    first = (tmp_path / "rate.svg").read_bytes()
    draw(kept("rate", tmp_path), tmp_path)
    assert (tmp_path / "rate.svg").read_bytes() == first
