"""What makes the same work cheaper, measured in docs/performance.md; without it everything is as right, and slower."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
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
from aiogram.types import Update
from pydantic import BaseModel

OFTEN_CALLED: Final[tuple[type[TelegramMethod[Any]], ...]] = (
    SendMessage,
    EditMessageText,
    EditMessageReplyMarkup,
    AnswerCallbackQuery,
    DeleteMessage,
    SendDocument,
)
# Young objects until they are looked through: a render makes thousands, and leaves none behind.
COLLECTOR: Final = (50_000, 20, 20)


@contextmanager
def tuned() -> Iterator[tuple[Any, ...]]:
    """Once everything is built, until the block ends; gives the models of answers that are held on to.

    The library makes such a model anew, at 5 ms, whenever nobody holds on to the last one.
    """
    models: tuple[type[BaseModel], ...] = (Update, *OFTEN_CALLED)
    for model in models:
        model.model_rebuild()  # now, and not while the first person waits
    answers = tuple(map(_answer_to, OFTEN_CALLED))
    threshold = gc.get_threshold()
    gc.collect()
    gc.freeze()
    gc.set_threshold(*COLLECTOR)
    try:
        yield answers
    finally:
        gc.set_threshold(*threshold)
        gc.unfreeze()


def _answer_to(method: type[TelegramMethod[Any]]) -> Any:
    returned: Any = method.__returning__
    return Response[returned]
