"""Buttons under messages, and keyboards in place of the people's own."""
