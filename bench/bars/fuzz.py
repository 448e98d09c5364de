"""R-fuzz: broken updates, forged buttons and people who press everything; whatever arrives, every chat goes on."""

from collections.abc import Sequence
from typing import Final

from bench.bars.memory import ENGINES, small_clinic
from bench.figures import Result, within
from bench.progress import progress
from bench.scale import sized
from tests.e2e.fuzzing.fuzz import fuzz
from tests.e2e.fuzzing.log import log_kept
from tests.stage.stage import open_stage

UPDATES: Final = sized(2_000, full=20_000)
SEED: Final = 20_261_124


async def measure() -> Sequence[Result]:
    return [await on(engine) for engine in ENGINES]


async def on(engine: str) -> Result:
    with progress(f"broken updates, {engine}", UPDATES) as done, log_kept() as log:
        async with small_clinic(engine) as url, open_stage(url) as stage:
            faults = await fuzz(stage, UPDATES, SEED, done)
    wrong = len(faults) + len(log.troubles())
    what = f"chats stuck, buttons unanswered and tracebacks over {UPDATES:,} broken updates, {engine}"
    return within(0, wrong, f"R-fuzz-{engine}", what, "faults")
