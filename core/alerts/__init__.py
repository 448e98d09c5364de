"""What we owe to whom, when, on which channel."""
