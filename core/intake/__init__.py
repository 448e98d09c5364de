"""What came in and how far it got; opaque to the rest."""
