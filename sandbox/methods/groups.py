"""Who is in a group, and how a bot leaves it."""

from sandbox.methods.call import Run

METHODS: dict[str, Run] = {}
