"""The topics of a forum, made and closed by a bot."""

from sandbox.methods.call import Run

METHODS: dict[str, Run] = {}
