from datetime import datetime

from bench.stage.town import NOW


class StandingWatch:
    """The clock of a measure inside this process: it is always the same moment."""

    def now(self) -> datetime:
        return NOW
