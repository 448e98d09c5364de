"""Who may do what, shown: every cell of the matrix is tried on a real database."""

import asyncio
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pytest

from core.identity.refusals import LogInNeeded
from core.visits.visit import VisitId
from tests.laws.house import Act, questions, use_cases
from tests.laws.matrix import MATRIX
from tests.laws.theatre import PEOPLE, Scene, Theatre

CELLS: Final = [(act, who) for act in MATRIX for who in PEOPLE]


@dataclass(frozen=True)
class Played:
    """How everything went for everybody, and whose visits each saw."""

    scene: Scene
    answers: dict[tuple[Act, str], BaseException | None]
    planned: dict[str, list[VisitId]]


@pytest.fixture(scope="module")
def played(furnished_sqlite: str, tmp_path_factory: pytest.TempPathFactory) -> Played:
    """Every cell of the matrix, tried one after another in one loop."""
    file = Path(
        shutil.copy(furnished_sqlite.removeprefix("sqlite:///"), tmp_path_factory.mktemp("theatre") / "reception.db")
    )

    async def play() -> Played:
        theatre = Theatre(file)
        scene = await theatre.furnish()
        answers = {(act, who): await theatre.attempt(act, MATRIX[act][0](scene), PEOPLE[who]) for act, who in CELLS}
        planned = {who: await theatre.planned_of(PEOPLE[who]) for who in ("the owner", "another patient")}
        await theatre.close()
        return Played(scene, answers, planned)

    return asyncio.run(play())


def test_every_use_case_and_every_question_has_its_row() -> None:
    assert {act.__name__ for act in MATRIX} == {act.__name__ for act in (*use_cases(), *questions())}
    assert set(MATRIX) == {*use_cases(), *questions()}
    assert all(len(outcomes) == len(PEOPLE) for _, outcomes in MATRIX.values())


@pytest.mark.parametrize(("act", "who"), CELLS, ids=lambda it: it if isinstance(it, str) else it.__name__)
def test_each_may_do_what_the_matrix_says(act: Act, who: str, played: Played) -> None:
    answer = played.answers[act, who]
    expected = MATRIX[act][1][list(PEOPLE).index(who)]
    assert (None if answer is None else type(answer)) is expected, answer


def test_whoever_is_logged_out_by_time_is_told_so(played: Played) -> None:
    for (_, who), answer in played.answers.items():
        if isinstance(answer, LogInNeeded):
            assert answer.session_ended is PEOPLE[who].session_ended


def test_planned_visits_are_ones_own(played: Played) -> None:
    assert played.planned == {"the owner": [played.scene.visit], "another patient": []}
