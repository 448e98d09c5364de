"""Which measure a name means, and that each of them is there."""

import inspect
from importlib import import_module

import pytest

from bench.measures import MEASURES, UnknownMeasure, chosen, order


@pytest.mark.parametrize("module", sorted(set(MEASURES.values())))
def test_every_measure_is_a_module_that_measures(module: str) -> None:
    assert inspect.iscoroutinefunction(import_module(module).measure)


def test_all_are_taken_where_none_is_named() -> None:
    assert chosen([]) == sorted(MEASURES, key=order)


def test_an_id_means_itself_and_not_one_that_begins_with_it() -> None:
    assert chosen(["P1"]) == ["P1"]
    assert chosen(["P11"]) == ["P11"]


def test_the_beginning_of_an_id_means_all_that_begin_so() -> None:
    assert set(chosen(["S"])) == {"S1", "S2"}


def test_a_row_means_the_measure_it_comes_from() -> None:
    assert chosen(["P3-sqlite", "P7-webhook"]) == ["P3", "P7"]


def test_what_is_nothing_is_refused_with_a_list_of_what_there_is() -> None:
    with pytest.raises(UnknownMeasure, match="P99: expected one of P1, P2"):
        chosen(["P1", "P99"])


def test_rows_stand_by_group_and_number() -> None:
    rows = ["S1", "R-updates", "P10-forms", "P2-month-sqlite", "P2", "P1", "R-slots"]
    assert sorted(rows, key=order) == ["P1", "P2", "P2-month-sqlite", "P10-forms", "S1", "R-slots", "R-updates"]
