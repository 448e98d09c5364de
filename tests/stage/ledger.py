"""The ledger of a scenario: each update accounted for, each effect with one cause, each person told, and nobody else.

A kill may repeat one message to a person, and nothing more.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final

ENDS: Final = frozenset({"done", "set_aside"})
BOOKING: Final = "book_visit"


@dataclass(frozen=True)
class Said:
    """A message of the bot's that reached a chat; `buttons` without what differs from run to run.

    An alert is said once; anything else answers somebody, and is said again when it is asked for again.
    """

    chat: int
    text: str
    buttons: tuple[str, ...] = ()
    is_alert: bool = False


@dataclass(frozen=True)
class Effect:
    """What an update changed. The key names the update, the use case, and which of its changes there it was."""

    key: str
    result: str = ""

    @property
    def cause(self) -> str:
        return self.key.partition("/")[0]

    @property
    def use_case(self) -> str:
        return self.key.split("/")[1]

    @property
    def number(self) -> int:
        return int(self.key.rpartition("/")[2])


@dataclass(frozen=True)
class Letters:
    """How many letters an address was owed, how many came, and how often one of them came again."""

    owed: int
    came: int
    copies: int


@dataclass(frozen=True)
class Record:
    """What a scenario left behind.

    `told`: the updates that Telegram had for the bot, each with its chat; `inbox`: what became of them. `visits` stand
    in the database. `still_owed`: alerts that are due and have no end. `alerted`: how many alerts a chat was sent.
    `linked`: chats to which an account belongs. `sent_to`: chats in which something of the bot's arrived.
    """

    told: Mapping[str, int | None] = field(default_factory=dict)
    inbox: Mapping[str, str] = field(default_factory=dict)
    effects: Sequence[Effect] = ()
    visits: frozenset[str] = frozenset()
    still_owed: Sequence[str] = ()
    alerted: Mapping[int, int] = field(default_factory=dict)
    said: Sequence[Said] = ()
    letters: Mapping[str, Letters] = field(default_factory=dict)
    linked: frozenset[int] = frozenset()
    sent_to: frozenset[int] = frozenset()


def faults_in(record: Record, kills: int = 0) -> list[str]:
    """A sentence for each entry that does not balance."""
    return [
        *_lost_updates(record),
        *_effects_without_one_cause(record),
        *_people_not_told(record),
        *_people_told_too_often(record, kills),
        *_strangers(record),
    ]


def _lost_updates(record: Record) -> Iterator[str]:
    for key in record.told:
        state = record.inbox.get(key, "not there")
        if state not in ENDS:
            yield f"update {key} is {state}"
    for key in record.inbox.keys() - record.told.keys():
        yield f"update {key} is in the inbox, and Telegram never had it"


def _effects_without_one_cause(record: Record) -> Iterator[str]:
    numbers: dict[tuple[str, str], list[int]] = {}
    for effect in record.effects:
        if effect.cause not in record.inbox:
            yield f"effect {effect.key} has no update that caused it"
        numbers.setdefault((effect.cause, effect.use_case), []).append(effect.number)
    for (cause, use_case), counted in numbers.items():
        if sorted(counted) != list(range(1, len(counted) + 1)):
            yield f"{use_case} of update {cause} is counted {sorted(counted)}"
    booked = {effect.result for effect in record.effects if effect.use_case == BOOKING}
    for visit in record.visits - booked:
        yield f"visit {visit} was booked by no update"
    for visit in booked - record.visits:
        yield f"visit {visit} was booked, and is not there"


def _people_not_told(record: Record) -> Iterator[str]:
    for key in record.still_owed:
        yield f"alert {key} is still owed"
    told = Counter(said.chat for said in set(record.said) if said.is_alert)
    for chat, owed in record.alerted.items():
        if told[chat] < owed:
            yield f"chat {chat} was sent {owed} alerts, and got {told[chat]}"
    for address, letters in record.letters.items():
        if letters.came < letters.owed:
            yield f"{address} was sent {letters.owed} letters, and got {letters.came}"


def _people_told_too_often(record: Record, kills: int) -> Iterator[str]:
    asked = Counter(chat for chat in record.told.values() if chat is not None)
    for chat in {said.chat for said in record.said}:
        alerts = [said for said in record.said if said.chat == chat and said.is_alert]
        answers = [said for said in record.said if said.chat == chat and not said.is_alert]
        repeated = len(alerts) - len(set(alerts)) + sum(one == other for one, other in pairwise(answers))
        if repeated > kills:
            yield f"chat {chat} was told {repeated} messages again, over {kills} kills"
        if len(answers) > asked[chat] + kills:
            yield f"chat {chat} asked {asked[chat]} times, and was answered {len(answers)} times over {kills} kills"
    for address, letters in record.letters.items():
        if letters.copies > kills:
            yield f"{address} got {letters.copies} letters again, over {kills} kills"


def _strangers(record: Record) -> Iterator[str]:
    wrote = {chat for chat in record.told.values() if chat is not None}
    for chat in record.sent_to - wrote - record.linked:
        yield f"chat {chat} never wrote and belongs to nobody, and was sent something"
    for chat in {said.chat for said in record.said if said.is_alert} - record.linked:
        yield f"chat {chat} got an alert, and belongs to no account"
