"""aiogram's models are made when they are first used: of hundreds the desk needs some dozens.

Making all of them takes more than half of the start and of the memory. Where the libraries are not those that this was
tried with, everything is made at once, as ever.
"""

import re
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from importlib.metadata import version
from typing import Any, Final

from pydantic import BaseModel

TRIED_WITH: Final[Mapping[str, str]] = {"aiogram": "3.31.", "pydantic": "2.13."}
NAME: Final = re.compile(r"\b[A-Z_]\w*")


def import_aiogram_lightly() -> None:
    """Before anybody else imports it; afterwards there is nothing to save."""
    if "aiogram" in sys.modules or not is_tried():
        return
    with _nothing_made() as names:
        import aiogram  # noqa: F401
        import aiogram_dialog  # noqa: F401 - it has models of its own that are made of aiogram's
    for model in models_of("aiogram"):
        _let_see(model, names)


def is_tried() -> bool:
    return all(version(library).startswith(tried) for library, tried in TRIED_WITH.items())


@contextmanager
def _nothing_made() -> Iterator[dict[str, Any]]:
    """Gives the names of all types, which the library would hand to each model at the end of its import."""
    names: dict[str, Any] = {}
    plain = BaseModel.__dict__["model_rebuild"]

    def note_names(_: type[BaseModel], /, *, _types_namespace: Mapping[str, Any] | None = None, **more: Any) -> None:
        names.update(_types_namespace or {})

    BaseModel.model_rebuild = classmethod(note_names)  # type: ignore[assignment]
    BaseModel.model_config["defer_build"] = True
    try:
        yield names
    finally:
        BaseModel.model_rebuild = plain  # type: ignore[method-assign]
        del BaseModel.model_config["defer_build"]


def models_of(library: str, above: type[BaseModel] = BaseModel) -> Iterator[type[BaseModel]]:
    for model in above.__subclasses__():
        if model.__module__.startswith(library):
            yield model
        yield from models_of(library, model)


def _let_see(model: type[BaseModel], names: Mapping[str, Any]) -> None:
    """Its module, and those of what it is made of, import the types beside them for type checkers alone."""
    seen = vars(sys.modules[model.__module__])
    written = (words for kind in model.__mro__ for words in vars(kind).get("__annotations__", {}).values())
    for name in {name for words in written for name in NAME.findall(str(words))}:
        if name in names:
            seen.setdefault(name, names[name])
