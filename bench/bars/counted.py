"""Figures that are counted: how many of how many, and what the usual way gives in the same run."""

from bench.figures import Result

ENGINES = ("sqlite", "postgresql")


def at_most(bar: int, measure: str, what: str, *, ours: int, of: int, naive: int) -> Result:
    """`of` is how many there were; the ratio is the share that went wrong."""
    words = "none" if bar == 0 else f"at most {bar:,}"
    return Result(measure, what, float(ours), float(of), words, ours <= bar, (ours / of, ours / of), float(naive))
