"""Words: markup read, entities found, addresses and links judged."""
