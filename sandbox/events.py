"""What changed, told to the page as server-sent events. Changes that nobody has read yet are merged."""

from collections.abc import AsyncGenerator
from typing import TypeAlias

from sandbox.bell import Bell
from sandbox.wire import Json, written

KEEP_ALIVE_SECONDS = 15.0
NOBODY = -1

News: TypeAlias = tuple[str, int, object]


class Events:
    def __init__(self) -> None:
        self._readers: set[_Reader] = set()
        self._closed = False
        self._revision = 0

    def private_chat_changed(self, person: int, bot: int) -> int:
        """The chat's new revision; the numbers are common to all chats and never start again."""
        return self._chat_changed(person, {"person": person, "bot": bot})

    def group_changed(self, chat: int) -> int:
        return self._chat_changed(chat, {"person": None, "bot": None})

    def _chat_changed(self, chat: int, whose: Json) -> int:
        self._revision = revision = self._revision + 1
        for reader in self._readers:
            reader.tell(
                ("chat", chat, whose["bot"]),
                {"kind": "chat", "chat": chat, **whose, "revision": revision},
            )
        return revision

    def post_changed(self, kind: str, person: int | None) -> None:
        """A person's box changed, or that of nobody."""
        for reader in self._readers:
            reader.tell((kind, NOBODY if person is None else person, None), {"kind": kind, "person": person})
        self.changed("people")

    def changed(self, kind: str) -> None:
        for reader in self._readers:
            reader.tell((kind, 0, None), {"kind": kind})

    async def stream(self) -> AsyncGenerator[bytes, None]:
        """Lines of the event stream, until the sandbox closes."""
        reader = _Reader()
        self._readers.add(reader)
        try:
            yield b": hello\n\n"
            while not self._closed:
                heard = await reader.bell.wait_until(lambda: bool(reader.news) or self._closed, KEEP_ALIVE_SECONDS)
                news, reader.news = reader.news, {}
                for change in news.values():
                    yield b"event: change\ndata: " + written(change) + b"\n\n"
                if not heard:
                    yield b": still here\n\n"
        finally:
            self._readers.discard(reader)

    def close(self) -> None:
        self._closed = True
        for reader in self._readers:
            reader.bell.ring()


class _Reader:
    def __init__(self) -> None:
        self.news: dict[News, Json] = {}
        self.bell = Bell()

    def tell(self, about: News, change: Json) -> None:
        self.news[about] = change
        self.bell.ring()
