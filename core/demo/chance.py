"""Chance that comes out the same each time: seeded by the demo's key."""

from random import Random

from core.transaction import ID_BITS


def draw_id(chance: Random) -> int:
    """An id as transactions give them out, but the same at every loading."""
    return chance.getrandbits(ID_BITS) or 1
