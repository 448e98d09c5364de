"""What a storm has left behind, counted from what people saw and from what the ledger of the tests says."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from bench.bars.crowd import Ear, Guests, Sent
from tests.stage.record import balance
from tests.stage.stage import Stage


@dataclass(frozen=True, slots=True)
class Outcome:
    """`lost`: updates without an end, messages without an answer, confirmed bookings that are not there.

    `doubled`: visits beyond those; `repeated`: the most messages that one kill repeated to one person. `faults`: what
    the ledger says.
    """

    lost: int
    doubled: int
    repeated: int
    faults: tuple[str, ...]


async def outcome(stage: Stage, crowd: Guests, ear: Ear, kills: int, patients: int = 0) -> Outcome:
    """What is left when everything has come to its end; so many patients confirmed a booking."""
    faults: tuple[str, ...] = ()
    try:
        await balance(stage, kills=kills)
    except AssertionError as unbalanced:
        faults = tuple(str(unbalanced).splitlines())
    await ear.hear()
    [(visits,)] = stage.rows("SELECT count(*) FROM visits WHERE status = 'confirmed'")
    chats = ear.by_chat()
    answers = {chat: len(list(groupby(sent.text for sent in chats.get(chat, [])))) for chat in crowd.said}
    unanswered = sum(abs(said - answers[chat]) for chat, said in crowd.said.items())
    return Outcome(
        lost=unanswered + max(patients - visits, 0),
        doubled=max(visits - patients, 0),
        repeated=max(_repeats(chats.values()).values(), default=0),
        faults=faults,
    )


def _repeats(chats: Iterable[Sequence[Sent]]) -> Counter[tuple[int, int]]:
    """How often a chat was told the same twice in a row, in each life."""
    return Counter(
        (later.chat, later.life) for chat in chats for one, later in pairwise(chat) if one.text == later.text
    )
