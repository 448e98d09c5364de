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
    """The forms of one lane while one of its updates is at work."""

    def __init__(self, contents: Mapping[str, Any]) -> None:
        self._contents = dict(contents)
        self._changed: dict[str, Any] = {}
        self._open = True

    def get(self, name: str) -> Any:
        return self._contents.get(name)

    def put(self, name: str, content: Any) -> None:
        """Keep a form; None and the empty form are no form."""
        if not self._open:
            raise FormsClosed(name.partition(":")[0])
        if self._contents.get(name) == (content or None):
            return
        self._contents[name] = self._changed[name] = content or None

    def close(self) -> dict[str, Any]:
        """What changed; nothing may change afterwards."""
        self._open = False
        return self._changed


forms: Final[ContextVar[Forms]] = ContextVar("forms")


class FormStorage(BaseStorage):
    """aiogram's port for state; never touches the database itself."""

    async def set_state(self, key: StorageKey, state: StateType = None) -> None:
        forms.get().put(_name(key, "state"), state.state if isinstance(state, State) else state)

    async def get_state(self, key: StorageKey) -> str | None:
        state: str | None = forms.get().get(_name(key, "state"))
        return state

    async def set_data(self, key: StorageKey, data: Mapping[str, Any]) -> None:
        """A copy again: what is changed after it was put back is not put back."""
        forms.get().put(_name(key, "data"), _copied(dict(data)))

    async def get_data(self, key: StorageKey) -> dict[str, Any]:
        """A copy to work on: what is kept must not change under our hands, or the change would go unnoticed."""
        return _copied(forms.get().get(_name(key, "data")) or {})

    async def close(self) -> None:
        """Nothing is held."""


def _copied(data: dict[str, Any]) -> dict[str, Any]:
    """As it will be kept; raises TypeError for what cannot be."""
    copied: dict[str, Any] = loads(dumps(data))
    return copied


def _name(key: StorageKey, part: str) -> str:
    return f"{key.destiny}:{part}"
