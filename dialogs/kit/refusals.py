"""Answers that a question cannot use. Whatever was typed before stays where it is."""

from dataclasses import dataclass
from datetime import date

from core.errors import Refusal


@dataclass
class TextNeeded(Refusal):
    """A sticker, a photo, a voice message: the question wants words."""


@dataclass
class NothingTyped(Refusal):
    """Only spaces or invisible characters."""


@dataclass
class TextTooLong(Refusal):
    limit: int
    length: int


@dataclass
class LoginOnly(Refusal):
    """A login with spaces: perhaps the password came along. The message is deleted."""


@dataclass
class OthersContact(Refusal):
    """A card of somebody else's: each gives their own number."""


@dataclass
class ButtonsOnly(Refusal):
    """This screen asks nothing that could be typed."""


@dataclass
class NotADate(Refusal):
    """Words that name no day."""


@dataclass
class DayPast(Refusal):
    day: date


@dataclass
class DayTooFar(Refusal):
    last: date


@dataclass
class NothingFreeThatDay(Refusal):
    day: date
