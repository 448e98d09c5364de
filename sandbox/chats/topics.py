"""The topics of a forum: threads of one group, each with a name; the general one is always there."""

from dataclasses import dataclass

from sandbox.wire import Json

GENERAL = 1
ICON_COLORS = frozenset({0x6FB9F0, 0xFFD67E, 0xCB86DB, 0x8EEE98, 0xFF93B2, 0xFB6F5F})


@dataclass(slots=True)
class Topic:
    """`thread` is the number of the message that opened it."""

    thread: int
    name: str
    icon_color: int
    icon_custom_emoji_id: str = ""
    closed: bool = False
    hidden: bool = False
    opened_by: int = 0

    def as_telegram(self) -> Json:
        return {"message_thread_id": self.thread, **self.as_created()}

    def as_created(self) -> Json:
        """As the message that opened it says."""
        shown: Json = {"name": self.name, "icon_color": self.icon_color}
        if self.icon_custom_emoji_id:
            shown["icon_custom_emoji_id"] = self.icon_custom_emoji_id
        return shown

    def as_seen(self) -> Json:
        return {
            "thread": self.thread,
            "name": self.name,
            "icon_color": self.icon_color,
            "closed": self.closed,
            "hidden": self.hidden,
        }
