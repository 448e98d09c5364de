"""What several replicas of the bot share beside their database's rows: Telegram's patience."""
