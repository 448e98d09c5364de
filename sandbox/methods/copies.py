"""What a bot copies and forwards from chat to chat."""

from sandbox.methods.call import Run

METHODS: dict[str, Run] = {}
