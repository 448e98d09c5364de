"""Invoices, and the last word before the money moves."""

from sandbox.methods.call import Run

METHODS: dict[str, Run] = {}
