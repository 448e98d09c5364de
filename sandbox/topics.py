"""The topics of a forum: threads of one group, each with a name; the general one is always there."""

from dataclasses import dataclass

from sandbox.wire import Json

GENERAL = 1


@dataclass(slots=True)
class Topic:
    """`thread` is the number of the message that opened it."""

    thread: int
    name: str
    icon_color: int
    icon_custom_emoji_id: str = ""
    closed: bool = False
    hidden: bool = False

    def as_telegram(self) -> Json:
        shown: Json = {"message_thread_id": self.thread, "name": self.name, "icon_color": self.icon_color}
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
