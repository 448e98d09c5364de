"""Pictures, sounds, places and contacts that a bot sends, alone or as an album."""

from sandbox.methods.call import Run

METHODS: dict[str, Run] = {}
