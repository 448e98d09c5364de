from dataclasses import dataclass
from datetime import timedelta

from core.errors import Refusal


@dataclass
class LogInNeeded(Refusal):
    """A patient's matter, asked by somebody we do not know (any more)."""

    session_ended: bool = False


@dataclass
class WrongCredentials(Refusal):
    """Login and password do not belong together; an unknown login reads the same. `wait` is zero at first."""

    wait: timedelta


@dataclass
class TooManyAttempts(Refusal):
    """The next attempt is possible after `wait`; it grows with every failure."""

    wait: timedelta
