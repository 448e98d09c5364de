from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import and_, bindparam, exists, false, select, update

from core.identity.account import Account
from core.identity.chat import Chat, ChatLink
from core.identity.person import AccountId, ChatId, PatientId
from core.identity.session import Session
from core.identity.tables import accounts, channels, chats, patients, sessions
from core.storage.mapping import mapping
from core.storage.memory import Memory
from core.storage.prepared import Prepared, Row


@dataclass(frozen=True, slots=True)
class Correspondent:
    """Whom an account's alerts are for. `chat_id` is None while nobody has logged in, or where no chat leads there.

    `logged_in`: the chat is logged in to this account, whether that session still lives or not.
    """

    account: Account
    phone: str
    chat_id: ChatId | None
    language: str | None
    logged_in: bool


@dataclass(frozen=True, slots=True)
class Standing:
    """How a chat stands with us. `given_up`: alerts have stopped going there. The rest goes with a session."""

    chat: Chat
    given_up: bool
    session: Session | None
    patient_id: PatientId | None
    password_due: bool


_LOST: Final = exists().where(channels.c.chat_id == chats.c.id, channels.c.reachable == false())
# Asked with every update: put together once, and in one piece.
_STANDING: Final = Prepared(
    select(
        chats.c.offered,
        chats.c.chosen,
        _LOST,
        sessions.c.id,
        sessions.c.account_id,
        sessions.c.opened_at,
        sessions.c.seen_at,
        accounts.c.patient_id,
        accounts.c.password_hash,
    )
    .select_from(chats)
    .outerjoin(sessions, and_(sessions.c.chat_id == chats.c.id, sessions.c.closed_at.is_(None)))
    .outerjoin(accounts, accounts.c.id == sessions.c.account_id)
    .where(chats.c.id == bindparam("chat"))
)

# Asked with every message that leaves.
_CORRESPONDENTS: Final = Prepared(
    select(
        accounts,
        patients.c.phone,
        channels.c.chat_id,
        channels.c.reachable,
        chats.c.chosen,
        chats.c.offered,
        sessions.c.account_id,
    )
    .select_from(accounts)
    .join(patients, patients.c.id == accounts.c.patient_id)
    .outerjoin(channels, channels.c.account_id == accounts.c.id)
    .outerjoin(chats, chats.c.id == channels.c.chat_id)
    .outerjoin(sessions, and_(sessions.c.chat_id == channels.c.chat_id, sessions.c.closed_at.is_(None)))
    .where(accounts.c.id.in_(bindparam("accounts", expanding=True)))
)

_NOTE_REACHABLE: Final = Prepared(
    update(channels).where(channels.c.chat_id == bindparam("chat")).values(reachable=bindparam("now"))
)


class ChatStore:
    def __init__(self, memory: Memory) -> None:
        self._memory = memory

    def get(self, chat_id: ChatId) -> Chat | None:
        return self._memory.get(Chat, chat_id)

    def add(self, chat: Chat) -> None:
        self._memory.add(chat)
        self._memory.flush()

    def bind(self, account_id: AccountId, chat_id: ChatId) -> None:
        """The account's alerts go to this chat from now on."""
        link = self._memory.get(ChatLink, account_id)
        if link is None:
            self._memory.add(ChatLink(account_id, chat_id))
        else:
            link.chat_id, link.reachable = chat_id, True

    def standing(self, chat_id: ChatId) -> Standing | None:
        """All that an update has to know of its chat; None for one that never wrote before."""
        row = self._memory.row(_STANDING, {"chat": chat_id})
        if row is None:
            return None
        offered, chosen, given_up, session_id, account_id, opened_at, seen_at, patient_id, password_hash = row
        chat = Chat(chat_id, offered, chosen)
        if session_id is None:
            return Standing(chat, given_up, None, None, False)
        session = Session(session_id, chat_id, account_id, opened_at, seen_at)
        return Standing(chat, given_up, session, patient_id, not password_hash)

    def note_reachable(self, chat_id: ChatId, reachable: bool) -> None:
        self._memory.tell(_NOTE_REACHABLE, {"chat": chat_id, "now": reachable})

    def correspondents(self, account_ids: Sequence[AccountId]) -> list[Correspondent]:
        """Those behind these accounts, each once, in no order."""
        return [_correspondent(row) for row in self._memory.rows(_CORRESPONDENTS, {"accounts": account_ids})]


def _correspondent(row: Row) -> Correspondent:
    *columns, phone, chat_id, reachable, chosen, offered, logged_in = row
    account: Account = mapping.kind(Account).make(tuple(columns))
    return Correspondent(
        account=account,
        phone=phone,
        chat_id=chat_id if reachable else None,
        language=account.language or chosen or offered,
        logged_in=logged_in == account.id,
    )
