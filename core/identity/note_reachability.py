from core.identity.person import ChatId
from core.transaction import Transaction


def note_reachability(tx: Transaction, chat_id: ChatId, reachable: bool) -> None:
    """A blocked bot is a fact about the channel: alerts look for another one until the person is back."""
    tx.person.require_clockwork()
    tx.chats.note_reachable(chat_id, reachable)
