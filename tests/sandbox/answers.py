"""Answers of the Bot API, judged by aiogram's own models: the first test of everything the sandbox says."""

import inspect
from functools import cache
from typing import Any

from aiogram import methods
from aiogram.methods import Response, TelegramMethod

METHODS_OF_AIOGRAM: dict[str, type[TelegramMethod[Any]]] = {
    method.__api_method__: method
    for method in vars(methods).values()
    if inspect.isclass(method) and issubclass(method, TelegramMethod) and method is not TelegramMethod
}


def validated(method: str, envelope: Any) -> Any:
    """What aiogram reads in this answer to that method."""
    read = _model(method).model_validate(envelope)
    assert read.ok
    assert read.result is not None
    return read.result


@cache
def _model(method: str) -> Any:
    return Response.__class_getitem__(METHODS_OF_AIOGRAM[method].__returning__)
