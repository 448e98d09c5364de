"""Addresses in plain text: of pages, with a scheme or a known ending, and of people."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from sandbox.text.endings import ENDINGS

ADDRESS = re.compile(
    r"(?:(?P<scheme>(?<!s)http|https|(?<![ts])ftp|tonsite)://|(?<![\w/#@.~-])(?P<mailto>mailto:)?)"
    r"(?P<user>[^\s/\[\]{}()'`<>\"@«»]{1,128}@)?"
    r"(?P<host>[\w~-]++(?:\.[\w~-]++)++)(?!@)"
    r"(?P<port>:[0-9]{1,5})?"
    r"(?P<path>[/?#][^\s<>\"«»]*)?",
    re.IGNORECASE,
)
WORTH_A_LOOK = re.compile(r"[\w~-]\.(?:[^\W\d]|[0-9]+\.[0-9])")
EMAIL = re.compile(
    r"(?:[a-z0-9_-]{0,26}[.+]){0,10}[a-z0-9_-]{1,35}@(?:[a-z0-9](?:[a-z0-9_-]{0,28}[a-z0-9])?\.){1,6}[a-z]{2,8}",
    re.IGNORECASE,
)
FOUR_NUMBERS = re.compile(r"(?:(?:0|[1-9][0-9]?|1[0-9]{2}|2[0-4][0-9]|25[0-5])(?:\.(?!$)|$)){4}")
NOT_AT_THE_END = ".:;,('?!`"
BRACKETS = {")": "(", "]": "[", "}": "{"}
BLANKS = " \n"
LONGEST_PART = 63
MOST_PORT = 65_535


class Address(NamedTuple):
    kind: str
    start: int
    end: int


def found_addresses(text: str) -> Iterator[Address]:
    for start, end in _words_worth_a_look(text):
        for match in ADDRESS.finditer(text, start, end):
            found = _email(match) or _page(match)
            if found is not None:
                yield found


def _words_worth_a_look(text: str) -> Iterator[tuple[int, int]]:
    """Addresses have no blanks, and most words of a text have no point within."""
    at = 0
    while point := WORTH_A_LOOK.search(text, at):
        start = max(text.rfind(blank, at, point.start()) for blank in BLANKS)
        ends = [end for blank in BLANKS if (end := text.find(blank, point.end())) >= 0]
        end = min(ends, default=len(text))
        yield max(start + 1, at), end
        at = end


def _email(match: re.Match[str]) -> Address | None:
    if match["scheme"] or not match["user"] or match["path"] or match["port"]:
        return None
    start = match.end("mailto") if match["mailto"] else match.start()
    return Address("email", start, match.end()) if EMAIL.fullmatch(match.string, start, match.end()) else None


def _page(match: re.Match[str]) -> Address | None:
    if match["mailto"] or not _is_host(match["host"], with_scheme=match["scheme"] is not None):
        return None
    if match["port"] and not 0 < int(match["port"][1:]) <= MOST_PORT:
        return Address("url", match.start(), match.end("host"))
    end = match.end("port") if match["port"] else match.end("host")
    return Address("url", match.start(), end + len(_path(match["path"] or "")))


def _path(path: str) -> str:
    """Up to a bracket that was opened before the address, and without the sentence's own signs."""
    depth = dict.fromkeys(BRACKETS.values(), 0)
    for at, letter in enumerate(path):
        if letter in depth:
            depth[letter] += 1
        elif letter in BRACKETS:
            depth[BRACKETS[letter]] -= 1
            if depth[BRACKETS[letter]] < 0:
                path = path[:at]
                break
    path = path.rstrip(NOT_AT_THE_END)
    return path if path not in ("?", "#") else ""


def _is_host(host: str, *, with_scheme: bool) -> bool:
    if FOUR_NUMBERS.fullmatch(host):
        return True
    parts = host.split(".")
    if any(len(part) > LONGEST_PART or part.endswith("-") for part in parts) or "_" in parts[-2]:
        return False
    ending = parts[-1]
    if len(ending) < 2 or host.replace(".", "").isdecimal():
        return False
    if ending.startswith("xn--"):
        return len(ending) > len("xn--") + 1
    if "_" in ending or "-" in ending:
        return False
    return with_scheme or _is_known(ending)


def _is_known(ending: str) -> bool:
    """ "It" begins a sentence, "it" and "IT" end an address."""
    lowered = ending.lower()
    if lowered != ending and lowered[1:] == ending[1:]:
        return False
    return lowered in ENDINGS
