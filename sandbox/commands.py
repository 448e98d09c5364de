"""The command menus of one bot, by scope and language."""

from sandbox.wire import Json

MenuKey = tuple[str, int, int, str]
DEFAULT = ("default", 0, 0)


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
        """The first that exists, from the narrowest scope to the widest, the person's language first."""
        for scope in (("chat", person, 0), ("all_private_chats", 0, 0), DEFAULT):
            for spoken in (language.partition("-")[0], ""):
                commands = self._menus.get((*scope, spoken))
                if commands:
                    return commands
        return []
