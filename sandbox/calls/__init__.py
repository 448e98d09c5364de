"""One call of the Bot API, from the wire and back: its body, its parameters, what may go wrong on purpose."""
