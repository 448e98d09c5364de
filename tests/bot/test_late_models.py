"""What is made late is made all the same, and of everything there is."""

import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

from bot.late_models import TRIED_WITH

ROOT = Path(__file__).parents[2]
EVERY_MODEL = """
import bot
from aiogram.types import Update
from bot.late_models import models_of
from pydantic import BaseModel

late = [model for model in models_of("aiogram") if not model.__pydantic_complete__]
assert Update in late, "made at once"
update = Update.model_validate(
    {"update_id": 1, "message": {"message_id": 5, "date": 0, "chat": {"id": 1, "type": "private"}, "text": "hello"}}
)
assert update.message.text == "hello"
for model in late:
    model.model_rebuild()
assert all(model.__pydantic_complete__ for model in models_of("aiogram"))
print(len(late))
"""


def test_every_model_can_be_made_when_it_is_needed() -> None:
    made = subprocess.run([sys.executable, "-c", EVERY_MODEL], cwd=ROOT, capture_output=True, text=True, check=False)
    assert made.stderr == ""
    assert int(made.stdout) > 500


def test_the_libraries_are_those_that_this_was_tried_with() -> None:
    """Otherwise everything is made at once, slower and no worse: try it with the new ones, and write them down."""
    assert {library: version(library)[: len(tried)] for library, tried in TRIED_WITH.items()} == TRIED_WITH
