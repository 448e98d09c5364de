from dataclasses import dataclass

from core.identity.person import AccountId, ChatId


@dataclass(eq=False)
class Chat:
    """A messenger chat that wrote to us. `offered` is its app's language; `chosen`, once set, goes before it."""

    id: ChatId
    offered: str | None
    chosen: str | None = None

    @property
    def language(self) -> str | None:
        return self.chosen or self.offered


@dataclass(eq=False)
class ChatLink:
    """Where an account's alerts go. They go on after log-out, and stop only while the person blocks the bot."""

    account_id: AccountId
    chat_id: ChatId
    reachable: bool = True
