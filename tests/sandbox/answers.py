"""Answers of the Bot API, judged by aiogram's own models: the first test of everything the sandbox says."""

import inspect
from typing import Any

from aiogram import methods
from aiogram.methods import Response, TelegramMethod

from tests.sandbox.hand import Hand

METHODS_OF_AIOGRAM: dict[str, type[TelegramMethod[Any]]] = {
    method.__api_method__: method
    for method in vars(methods).values()
    if inspect.isclass(method) and issubclass(method, TelegramMethod) and method is not TelegramMethod
}


def validated(method: str, envelope: Any) -> Any:
    """What aiogram reads in this answer to that method."""
    model: Any = Response.__class_getitem__(METHODS_OF_AIOGRAM[method].__returning__)
    read = model.model_validate(envelope)
    assert read.ok
    assert read.result is not None
    return read.result


async def answered(hand: Hand, method: str, **parameters: Any) -> Any:
    """The result as it came over the wire, once aiogram has found nothing wrong with it."""
    heard = await hand.bot(method, **parameters)
    assert heard.status == 200, heard.json
    validated(method, heard.json)
    return heard.json["result"]
