"""Updates as no Telegram should send them: real ones with something wrong in their depths."""

from collections.abc import Callable, Sequence
from copy import deepcopy
from random import Random
from typing import Any, Final

from tests.e2e.fuzzing.corpus import Told
from tests.e2e.fuzzing.forged import forged_data

LONGEST_TEXT: Final = 4096
TEXTS: Final = (
    "",
    " ",
    "\x00",
    "a\x00b",
    "\ud800",
    "A\ud83d and \udc00",
    "\u202eright to left\u202c\u200f",
    "\u200b\u2066\u2069",
    "x" * LONGEST_TEXT,
    "🐢" * LONGEST_TEXT,
    "é" * 300,
    "/start",
    "/START@somebody_else",
    "/start " + "p" * 64,
    "/book now",
    "/logout",
    "/" * 40,
    "{visit.starts_at} {middleware_data[bot].token} %s",
    "<b>&amp;</i>",
    "31.02.2027",
    "25.11",
    "+48 600 100 200",
    "44051401359",
    "maria@example.com",
)
NUMBERS: Final = (0, -1, 1, 2**31, 2**53, 2**63 - 1, 2**63, -(2**63), 10**30, 1.5, 1e308)
OTHERS: Final[tuple[Any, ...]] = (None, True, False, [], {}, [[]], {"id": 1}, [None], {"": ""})
NOBODY: Final[tuple[Any, ...]] = (None, "", "x", [], {}, 2**63, 10**30)
STRANGENESS: Final = 0.3
LANGUAGES: Final = (None, "", "xx", "en", "it", "ru", "pl", "pt-BR", "zh-hans", "ru-RU-variant", "E" * 40)
CHATS: Final = ("group", "supergroup", "channel", "private", "forum of the future")

Mutation = Callable[[Random, Told, Sequence[str]], Told]


def mutated(chance: Random, corpus: Sequence[Told], chats: Sequence[int], seen: Sequence[str]) -> Told:
    """One real update, of one of these chats, with one to three things changed."""
    told = Told(*deepcopy(chance.choice(corpus)))
    told = of_chat(told, chance.choice(chats))
    for _ in range(chance.choice((1, 1, 2, 3))):
        told = chance.choice(MUTATIONS)(chance, told, seen)
    return told


def of_chat(told: Told, chat: int) -> Told:
    """As if somebody else had done it: a private chat has its person's number."""
    place = told.event.get("message", told.event)
    if place["chat"]["type"] == "private":
        place["chat"]["id"] = told.event["from"]["id"] = chat
    return told


def _other_words(chance: Random, told: Told, seen: Sequence[str]) -> Told:
    if told.kind == "message":
        told.event["text"] = chance.choice(TEXTS)
        told.event.pop("entities", None)
    return told


def _other_data(chance: Random, told: Told, seen: Sequence[str]) -> Told:
    if told.kind == "callback_query":
        told.event["data"] = forged_data(chance, seen)
    return told


def _other_language(chance: Random, told: Told, seen: Sequence[str]) -> Told:
    language, sender = chance.choice(LANGUAGES), told.event.get("from")
    if isinstance(sender, dict):
        sender["language_code"] = language
        if language is None:
            del sender["language_code"]
    return told


def _other_chat(chance: Random, told: Told, seen: Sequence[str]) -> Told:
    """A group or a channel where a person was, or a kind of chat that does not exist yet."""
    place = told.event.get("message", told.event)
    if isinstance(place, dict) and isinstance(place.get("chat"), dict):
        kind = chance.choice(CHATS)
        place["chat"]["type"] = kind
        place["chat"].setdefault("title", "Neighbours")
    return told


def _something_more(chance: Random, told: Told, seen: Sequence[str]) -> Told:
    """What a later Telegram may add."""
    holder = chance.choice(_holders(told.event))
    holder[chance.choice(("of_the_future", "is_bot_too", "text_2"))] = chance.choice((*NUMBERS, *TEXTS, *OTHERS))
    return told


def _something_less(chance: Random, told: Told, seen: Sequence[str]) -> Told:
    holder = chance.choice(_holders(told.event))
    if holder:
        holder.pop(chance.choice(sorted(holder)))
    return told


def _something_else(chance: Random, told: Told, seen: Sequence[str]) -> Told:
    """Another value where there was one, of the same type or of none."""
    holder = chance.choice(_holders(told.event))
    if holder:
        name = chance.choice(sorted(holder))
        same = {str: TEXTS, int: NUMBERS}.get(type(holder[name]), OTHERS)
        if name == "id" and _is_somebody(holder):
            same = NOBODY
        elif chance.random() < STRANGENESS:
            same = (*TEXTS, *NUMBERS, *OTHERS)
        holder[name] = chance.choice(same)
    return told


def _is_somebody(holder: dict[str, Any]) -> bool:
    """A person or a chat. Of these there is no other number in an update: a private chat has its person's."""
    return "first_name" in holder or "title" in holder


def _holders(event: Any) -> list[dict[str, Any]]:
    """Every object in the update, itself first."""
    if isinstance(event, dict):
        return [event, *(found for inner in event.values() for found in _holders(inner))]
    if isinstance(event, list):
        return [found for inner in event for found in _holders(inner)]
    return []


MUTATIONS: Final[tuple[Mutation, ...]] = (
    _other_words,
    _other_words,
    _other_data,
    _other_data,
    _other_language,
    _other_chat,
    _something_more,
    _something_less,
    _something_else,
)
