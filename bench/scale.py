"""How large a measure is: quick by default, as the bar names it with FULL=1."""

import os
from typing import Final

FULL: Final = os.environ.get("FULL") == "1"


def sized(quick: int, full: int) -> int:
    return full if FULL else quick
