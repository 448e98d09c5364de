"""Open forms live beside the inbox: read with the update, written with its "done"."""

from collections.abc import Mapping
from contextvars import ContextVar
from json import dumps, loads
from typing import Any, Final

from aiogram.fsm.state import State
from aiogram.fsm.storage.base import BaseStorage, StateType, StorageKey


class FormsClosed(RuntimeError):
    """Something wrote a form after its update was finished: it would be lost."""


class Forms:
    """The forms of one lane while one of its updates is at work, as texts in JSON: none changes in our hands."""

    def __init__(self, contents: Mapping[str, str]) -> None:
        self._contents: dict[str, str | None] = dict(contents)
        self._changed: dict[str, str | None] = {}
        self._open = True

    def get(self, name: str) -> str | None:
        return self._contents.get(name)

    def put(self, name: str, content: str | None) -> None:
        """Keep a form; None is no form."""
        if not self._open:
            raise FormsClosed(name.partition(":")[0])
        if self._contents.get(name) != content:
            self._contents[name] = self._changed[name] = content

    def close(self) -> dict[str, str | None]:
        """What changed; nothing may change afterwards."""
        self._open = False
        return self._changed


forms: Final[ContextVar[Forms]] = ContextVar("forms")


class FormStorage(BaseStorage):
    """aiogram's port for state; never touches the database itself."""

    async def set_state(self, key: StorageKey, state: StateType = None) -> None:
        _put(key, "state", state.state if isinstance(state, State) else state)

    async def get_state(self, key: StorageKey) -> str | None:
        state: str | None = _get(key, "state")
        return state

    async def set_data(self, key: StorageKey, data: Mapping[str, Any]) -> None:
        """What is changed after it was put back is not put back. Raises TypeError for what cannot be kept."""
        _put(key, "data", dict(data))

    async def get_data(self, key: StorageKey) -> dict[str, Any]:
        """To work on: what is changed in it and not put back changes nothing."""
        data: dict[str, Any] = _get(key, "data") or {}
        return data

    async def close(self) -> None:
        """Nothing is held."""


def _put(key: StorageKey, part: str, content: Any) -> None:
    """The empty form is no form."""
    forms.get().put(_name(key, part), dumps(content) if content else None)


def _get(key: StorageKey, part: str) -> Any:
    content = forms.get().get(_name(key, part))
    return None if content is None else loads(content)


def _name(key: StorageKey, part: str) -> str:
    return f"{key.destiny}:{part}"
