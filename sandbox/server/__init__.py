"""The Bot API as a server: calls that come over HTTP, and those that a bot puts into its answer to a webhook."""
