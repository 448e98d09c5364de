"""Named places where a test may end the process as a power cut would."""

import os
import signal
from typing import Final

_armed: Final[dict[str, int]] = {}


def arm(name: str, passes: int = 1) -> None:
    """Let the process die at the given pass of this place; a place that is not armed costs one look-up."""
    _armed[name] = passes


def reach(name: str) -> None:
    if name not in _armed:
        return
    _armed[name] -= 1
    if _armed[name] == 0:
        os.kill(os.getpid(), signal.SIGKILL)
