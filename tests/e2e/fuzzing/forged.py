"""Data of buttons that nobody made: foreign, cut off, worn out, other people's."""

from collections.abc import Sequence
from random import Random
from typing import Final

MARK: Final = "\x1d"  # between the name of a form and the widget's own data
LONGEST_DATA: Final = 64
NUMBERS: Final = (
    "-1",
    "0",
    "1",
    "999999999",
    "9" * 16,
    "9" * 17,
    "9" * 40,
    "1e5",
    "0x1f",
    "²",
    "٣",
    "",
    " ",
    "None",
    "1.0",
)
ALERT_BUTTONS: Final = ("visit", "move", "cancel", "coming", "email", "nobody")
WIDGETS: Final = (
    "clinic",
    "clinic_pages",
    "day",
    "time",
    "any_time",
    "soon",
    "near",
    "visit",
    "language",
    "hour",
    "leave",
    "confirm",
    "menu",
    "no such widget",
)
DAYS: Final = ("x", "m", "_", "x739943", "m739943", "739943", "x0", "m99999999", "m730120", "m1095362")
PLAIN: Final = ("nothing", MARK, MARK * 3, "x" * LONGEST_DATA, "żółw 🐢", "aiogd_unknown", ":", "::::", "\u202e:1")


def forged_data(chance: Random, seen: Sequence[str]) -> str:
    """One to 64 bytes. `seen` is the data of buttons that were once on somebody's screen."""
    return _fitting(chance.choice(WAYS)(chance, seen)) or "x"


def _plain(chance: Random, seen: Sequence[str]) -> str:
    return chance.choice(PLAIN)


def _alert_button(chance: Random, seen: Sequence[str]) -> str:
    ids = [chance.choice(NUMBERS) for _ in range(chance.randrange(4))]
    return ":".join([chance.choice(ALERT_BUTTONS), *ids])


def _anybodys(chance: Random, seen: Sequence[str]) -> str:
    return chance.choice(seen) if seen else MARK


def _cut_off(chance: Random, seen: Sequence[str]) -> str:
    data = _anybodys(chance, seen)
    return data[: chance.randrange(len(data) + 1)]


def _other_widget(chance: Random, seen: Sequence[str]) -> str:
    """A form that is open, perhaps, and a widget that is on no such screen, perhaps."""
    form = _anybodys(chance, seen).partition(MARK)[0]
    return f"{form}{MARK}{chance.choice(WIDGETS)}:{chance.choice(NUMBERS + DAYS)}"


def _other_form(chance: Random, seen: Sequence[str]) -> str:
    return f"{chance.choice(('zzzzzz', '', '0', 'aaaaa'))}{MARK}{_anybodys(chance, seen).partition(MARK)[2]}"


def _garbled(chance: Random, seen: Sequence[str]) -> str:
    data = list(_anybodys(chance, seen))
    for _ in range(chance.randint(1, 3)):
        data[chance.randrange(len(data))] = chance.choice(f"a0:-{MARK}é🐢\n")
    return "".join(data)


def _fitting(data: str) -> str:
    return data.encode()[:LONGEST_DATA].decode(errors="ignore")


WAYS: Final = (
    _plain,
    _alert_button,
    _alert_button,
    _anybodys,
    _cut_off,
    _other_widget,
    _other_widget,
    _other_form,
    _garbled,
)
