"""A whole story with crashes and kills: nothing that others may read says who was there, or what opens a door."""

from pathlib import Path

import pytest

from bench.bars.leaks import leaks_of_a_story
from tests.stage.memory import ENGINES
from tests.stage.stage import Stage


@pytest.mark.timeout(300)
@pytest.mark.parametrize("engine", ENGINES)
async def test_logs_metrics_and_copies_tell_neither_secrets_nor_people(telegram: Stage, tmp_path: Path) -> None:
    assert await leaks_of_a_story(telegram, tmp_path) == []
