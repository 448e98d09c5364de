"""Names as people write their own."""

import re
from typing import Final

from core.identity.refusals import NotAName

LONGEST_NAME: Final = 60
NAME: Final = re.compile(r"[^\W\d_]+(?:[ .'’ʼ-]{1,2}[^\W\d_]+)*\.?")


def read_name(typed: str) -> str:
    """A name of letters, with spaces, hyphens and apostrophes between them; refuses with NotAName."""
    name = " ".join(typed.split())
    if len(name) > LONGEST_NAME or NAME.fullmatch(name) is None:
        raise NotAName(LONGEST_NAME)
    return name
