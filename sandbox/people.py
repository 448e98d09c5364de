"""The people who can write to bots: invented, one per row of the page's list."""

from dataclasses import dataclass, field

from sandbox.wire import Json


@dataclass(slots=True)
class Person:
    """Changed in place when somebody replaces the entry, so that chats show the new name."""

    id: int
    first_name: str
    last_name: str = ""
    username: str = ""
    language_code: str = ""
    note: str = ""
    role: str = ""
    emails: list[str] = field(default_factory=list)
    phones: list[str] = field(default_factory=list)

    def as_user(self) -> Json:
        user: Json = {"id": self.id, "is_bot": False, "first_name": self.first_name}
        user.update(self._optional())
        if self.language_code:
            user["language_code"] = self.language_code
        return user

    def as_chat(self) -> Json:
        return {"id": self.id, "first_name": self.first_name, **self._optional(), "type": "private"}

    def _optional(self) -> Json:
        named: Json = {}
        if self.last_name:
            named["last_name"] = self.last_name
        if self.username:
            named["username"] = self.username
        return named
