"""The aiogram machine: how updates come in, and what surrounds every handler.

The one room in which something happens at import: it has to happen before anybody imports aiogram.
"""

from bot.late_models import import_aiogram_lightly

import_aiogram_lightly()

from bot.light_models import let_models_learn_at_once  # noqa: E402 - it imports aiogram itself

let_models_learn_at_once()
