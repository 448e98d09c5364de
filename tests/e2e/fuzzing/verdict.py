"""What has become of every update, and whether every button was answered."""

import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from aiogram.types import Update
from pydantic import ValidationError

from bot.intake.arrivals import UnusableUpdate, arrival
from tests.stage.record import BOT

DEEPEST: Final = 10
MOST_FORMS: Final = 12
CONTEXT: Final = re.compile(r"aiogd:context:(\w+):data")
STACK: Final = re.compile(r"aiogd:stack:.*:data")
NEVER_STORED: Final = "never stored"


def end_of(update: dict[str, Any]) -> str:
    """How an update has to end: whatever reads like one is done, whatever does not is set aside."""
    try:
        Update.model_validate(arrival(BOT, update).payload)
    except UnusableUpdate:
        return NEVER_STORED
    except ValidationError:
        return "set_aside"
    return "done"


def wrong_ends(updates: Iterable[dict[str, Any]], ends: Mapping[str, str]) -> Iterator[str]:
    for update in updates:
        came, meant = ends.get(f"{BOT}:{update['update_id']}", NEVER_STORED), end_of(update)
        if came != meant:
            yield f"an update is {came} instead of {meant}: {str(update)[:1500]}"


def wrong_answers(updates: Sequence[dict[str, Any]], calls: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """Each button that was pressed in a private chat is answered once; a second, empty answer is the library's own."""
    pressed = Counter(found for update in updates if (found := _pressed(update)) is not None)
    answers = [(str(call["params"].get("callback_query_id")), call["params"].get("text")) for call in calls]
    for query in pressed.keys() | {query for query, _ in answers}:
        words = [text for answered_query, text in answers if answered_query == query]
        once = words[:1] if words[1:] == [None] else words
        if pressed[query] != len(once):
            asked = [update["callback_query"] for update in updates if _pressed(update) == query]
            yield f"a button was pressed {pressed[query]} times, and answered {words}: {_shown(asked)}"


def hoarded_forms(rows: Iterable[tuple[str, str, str]]) -> Iterator[str]:
    """A chat keeps what is open, and what lies beneath: nothing is left over, nothing grows with what was opened."""
    kept, piles, forms = defaultdict(set), defaultdict(list), Counter[str]()
    for lane, name, content in rows:
        forms[lane] += 1
        if found := CONTEXT.fullmatch(name):
            kept[lane].add(found[1])
        elif STACK.fullmatch(name):
            piles[lane].append(json.loads(content)["intents"])
    for lane in forms:
        if forms[lane] > MOST_FORMS:
            yield f"chat {lane} keeps {forms[lane]} forms"
        if left_over := kept[lane].difference(*piles[lane]):
            yield f"chat {lane} keeps {len(left_over)} forms that are open nowhere"
        for pile in piles[lane]:
            if len(pile) > DEEPEST:
                yield f"in chat {lane} {len(pile)} forms lie on each other"


def _shown(queries: list[dict[str, Any]]) -> str:
    return "; ".join(f"{query.get('data')!r} under {query['message'].get('text')!r}" for query in queries)


def _pressed(update: dict[str, Any]) -> str | None:
    """The query of a button in a private chat. One without a message stood in somebody else's chat, and is not ours."""
    query = update.get("callback_query")
    if query is None or end_of(update) != "done":
        return None
    stored: dict[str, Any] = arrival(BOT, update).payload["callback_query"]
    message = stored.get("message")
    return str(stored["id"]) if message and message["chat"].get("type") == "private" else None
