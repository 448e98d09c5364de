"""The clinic itself: its rules, its use cases, its memory."""
