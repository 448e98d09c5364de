"""What stands at the top of a chat, and what a bot thinks of a message."""

from sandbox.methods.call import Run

METHODS: dict[str, Run] = {}
