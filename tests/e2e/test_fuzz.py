"""Whatever arrives, every update comes to its end, every button is answered, and every chat goes on."""

from typing import Final

import pytest

from tests.e2e.fuzzing.fuzz import fuzz
from tests.e2e.fuzzing.log import log_kept
from tests.stage.memory import ENGINES
from tests.stage.stage import Stage

UPDATES: Final = {"sqlite": 500, "postgresql": 200}
SEED: Final = 20_261_123
PATIENCE_SECONDS: Final = 300


@pytest.mark.timeout(PATIENCE_SECONDS)
@pytest.mark.parametrize("engine", ENGINES)
async def test_nothing_that_arrives_stops_a_chat(stage: Stage, engine: str) -> None:
    with log_kept() as log:
        faults = await fuzz(stage, UPDATES[engine], SEED)
    assert [*faults, *log.troubles()] == []
