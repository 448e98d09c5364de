"""The command menus of one bot, by scope and language."""

from collections.abc import Iterable
from typing import Final, TypeAlias

from sandbox.wire import Json

MenuKey: TypeAlias = tuple[str, int, int, str]
Scope: TypeAlias = tuple[str, int, int]
DEFAULT: Final = ("default", 0, 0)


class CommandMenus:
    def __init__(self) -> None:
        self._menus: dict[MenuKey, list[Json]] = {}

    def set(self, key: MenuKey, commands: list[Json]) -> None:
        self._menus[key] = commands

    def get(self, key: MenuKey) -> list[Json]:
        return self._menus.get(key, [])

    def delete(self, key: MenuKey) -> None:
        self._menus.pop(key, None)

    def seen_by(self, person: int, language: str) -> list[Json]:
        """In a private chat: the first that exists, from the narrowest scope to the widest."""
        return self._first([("chat", person, 0), ("all_private_chats", 0, 0), DEFAULT], language)

    def seen_in_group(self, chat: int, person: int, language: str, *, in_charge: bool) -> list[Json]:
        scopes = [("chat_member", chat, person)]
        if in_charge:
            scopes += [("chat_administrators", chat, 0), ("chat", chat, 0), ("all_chat_administrators", 0, 0)]
        else:
            scopes += [("chat", chat, 0)]
        return self._first([*scopes, ("all_group_chats", 0, 0), DEFAULT], language)

    def _first(self, scopes: Iterable[Scope], language: str) -> list[Json]:
        """The person's language before none, in each scope."""
        for scope in scopes:
            for spoken in (language.partition("-")[0], ""):
                commands = self._menus.get((*scope, spoken))
                if commands:
                    return commands
        return []
