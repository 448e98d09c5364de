"""How bots hear: updates that wait, the long poll that fetches them, the webhook they are posted to."""
