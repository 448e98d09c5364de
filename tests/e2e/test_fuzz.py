"""Whatever arrives, every update comes to its end, every button is answered, and every chat goes on."""

from typing import Final

import pytest

from tests.e2e.fuzzing.fuzz import fuzz
from tests.e2e.fuzzing.log import log_kept
from tests.stage.memory import ENGINES
from tests.stage.stage import Stage

UPDATES: Final = 750
SEED: Final = 20_261_123


@pytest.mark.parametrize("engine", ENGINES)
async def test_nothing_that_arrives_stops_a_chat(stage: Stage) -> None:
    with log_kept() as log:
        faults = await fuzz(stage, UPDATES, SEED)
    assert [*faults, *log.troubles()] == []
