"""Making an account (DIAMED-5): one question a screen, one look at everything, and a letter with login and password."""
