"""What makes the same work cheaper, measured in docs/performance.md; without it everything is as right, and slower."""

import gc
import sys
from typing import Any, Final

from aiogram.methods import (
    AnswerCallbackQuery,
    DeleteMessage,
    EditMessageReplyMarkup,
    EditMessageText,
    Response,
    SendDocument,
    SendMessage,
    TelegramMethod,
)

OFTEN_CALLED: Final[tuple[type[TelegramMethod[Any]], ...]] = (
    SendMessage,
    EditMessageText,
    EditMessageReplyMarkup,
    AnswerCallbackQuery,
    DeleteMessage,
    SendDocument,
)
# A thread that comes back from the database waits for the interpreter so long at most; the default is ten times that.
SWITCH_SECONDS: Final = 0.0005
# Young objects until they are looked through: a render makes thousands, and leaves none behind.
COLLECTOR: Final = (50_000, 20, 20)


class Tuned:
    """`answers`: the library makes the model of an answer anew, at 5 ms, whenever nobody holds on to the last one."""

    def __init__(self) -> None:
        self.answers: tuple[Any, ...] = tuple(map(_answer_to, OFTEN_CALLED))


def _answer_to(method: type[TelegramMethod[Any]]) -> Any:
    returned: Any = method.__returning__
    return Response[returned]


def tune() -> Tuned:
    """Once everything is built; keep what it returns for as long as the process serves."""
    tuned = Tuned()
    sys.setswitchinterval(SWITCH_SECONDS)
    gc.collect()
    gc.freeze()
    gc.set_threshold(*COLLECTOR)
    return tuned
