"""Updates that are posted to the bot instead of waiting for it."""

from sandbox.methods.call import Run

METHODS: dict[str, Run] = {}
