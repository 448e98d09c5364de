"""Screens. One screen or one short wizard per file: getter, handlers and windows together."""
