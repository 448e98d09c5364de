"""What measures stand on: a Telegram, a clinic of any size, people with telephones, and our bot among them."""
