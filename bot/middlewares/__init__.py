"""What surrounds every handler."""

from collections.abc import Awaitable, Callable
from typing import Any, TypeAlias

from aiogram.types import TelegramObject

Handler: TypeAlias = Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]]
