"""What a database says against what was asked of it."""


class Fault(Exception):
    """Its text never repeats a value: values are what people typed.

    `lost`: the database is to blame, and not what we asked. `again`: the same may well succeed when it is run again.
    """

    def __init__(self, words: str, *, lost: bool = False, again: bool = False) -> None:
        super().__init__(words)
        self.lost = lost
        self.again = again


class Violation(Fault):
    """A rule of the schema was broken; the text names it."""


class BrokenOff(Fault):
    """The connection broke before the commit: nothing has changed."""
